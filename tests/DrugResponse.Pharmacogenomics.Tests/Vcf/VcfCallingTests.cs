using DrugResponse.Pharmacogenomics.Interpretation;

namespace DrugResponse.Pharmacogenomics.Tests.Vcf;

public class VcfCallingTests
{
    public class General
    {
        [Fact]
        public void All_reference_is_the_reference_pair()
        {
            Assert.Equal(["*1/*1"], new VcfBuilder("CYP2C9").Calls());
            Assert.Equal(["*38/*38"], new VcfBuilder("CYP2C19").Calls());
        }

        [Theory]
        [InlineData("chr")]
        [InlineData("")]
        [InlineData("CHR")]
        public void Chromosomes_are_read_with_or_without_prefix(string prefix)
        {
            Assert.Equal(["*1/*3"], new VcfBuilder("CYP2C9").Chromosomes(prefix).With("rs1057910", "0/1").Calls());
        }

        [Fact]
        public void Unphased_variants_are_tried_both_ways_and_the_best_score_wins()
        {
            // TPMT *3A is rs1800460 and rs1142345 on one strand; apart they are *3B and *3C.
            var vcf = new VcfBuilder("TPMT").With("rs1800460", "0/1").With("rs1142345", "1/0");

            Assert.Equal(["*1/*3A"], vcf.Calls());
            Assert.Equal(["*1/*3A", "*3B/*3C"], vcf.Calls(allCalls: true));
        }

        [Theory]
        [InlineData("0|1", "0|1", "*1/*3A")]
        [InlineData("0|1", "1|0", "*3B/*3C")]
        [InlineData("0|1:7", "0|1:7", "*1/*3A")]
        [InlineData("0|1:7", "1|0:7", "*3B/*3C")]
        public void Phase_is_respected(string first, string second, string diplotype)
        {
            Assert.Equal([diplotype], new VcfBuilder("TPMT").With("rs1800460", first).With("rs1142345", second).Calls(allCalls: true));
        }

        [Fact]
        public void Different_phase_sets_say_nothing_about_each_other()
        {
            var vcf = new VcfBuilder("TPMT").With("rs1800460", "0|1:7").With("rs1142345", "1|0:8");

            Assert.Equal(["*1/*3A", "*3B/*3C"], vcf.Calls(allCalls: true));
        }

        [Fact]
        public void A_position_with_a_missing_allele_is_dropped()
        {
            var result = new VcfBuilder("CYP2C9").With("rs1057910", "./1").Result();

            Assert.Equal("*1/*1", Assert.Single(result.Diplotypes).ToString());
            Assert.Contains("*3", Assert.Single(result.MissingPositions).AllelesNotExcluded);
        }

        [Fact]
        public void A_gene_without_a_fitting_pair_is_not_called()
        {
            var interpretation = new VcfBuilder("CYP2C19").With("rs12248560", "1/1").Without("rs28399504").Interpret();

            var result = interpretation.Find("CYP2C19")!;
            Assert.Equal(CallState.NotCalled, result.State);
            Assert.Equal("no-matching-diplotype", result.StateReason);
            Assert.Null(result.Phenotype);
            Assert.Contains(interpretation.Warnings, w => w.Code == WarningCodes.NotCalled);
        }

        [Fact]
        public void A_single_allele_is_called_for_one_copy()
        {
            var vcf = new VcfBuilder("G6PD").Else("0").With("rs1050828", "1").With("rs1050829", "1");

            Assert.Equal(["A- 202A_376G"], vcf.Calls());
            Assert.Equal("Deficient", vcf.Result().Phenotype?.Term);
        }

        [Fact]
        public void Homozygous_positions_written_as_two_copies_do_not_make_a_second_copy()
        {
            var vcf = new VcfBuilder("G6PD").Else("0/0").With("rs1050828", "1").With("rs1050829", "1/1");

            Assert.Equal(["A- 202A_376G"], vcf.Calls());
        }

        [Fact]
        public void Every_allele_of_a_multi_allelic_position_is_told_apart()
        {
            Assert.Equal(["*28/*37"], new VcfBuilder("UGT1A1").With("rs3064744", "2/3").Calls());
            Assert.Equal(["*36/*36"], new VcfBuilder("UGT1A1").With("rs3064744", "1/1").Calls());
        }

        [Fact]
        public void Split_records_of_a_multi_allelic_position_are_joined()
        {
            var vcf = new VcfBuilder("UGT1A1").Without("rs3064744")
                .Line("chr2\t233760233\t.\tCAT\tCATAT\t.\tPASS\t.\tGT\t0/1")
                .Line("chr2\t233760233\t.\tCAT\tCATATAT\t.\tPASS\t.\tGT\t0/1");

            Assert.Equal(["*28/*37"], vcf.Calls());
        }

        [Fact]
        public void A_shorter_way_of_writing_an_insertion_is_understood()
        {
            var vcf = new VcfBuilder("UGT1A1").Without("rs3064744").Line("chr2\t233760233\t.\tC\tCAT\t.\tPASS\t.\tGT\t0/1");

            Assert.Equal(["*1/*28"], vcf.Calls());
        }

        [Fact]
        public void A_record_of_another_reference_base_is_left_out()
        {
            var interpretation = new VcfBuilder("CYP2C9").Without("rs1057910").Line("chr10\t94981296\t.\tG\tC\t.\tPASS\t.\tGT\t0/1").Interpret();

            Assert.Single(interpretation.Find("CYP2C9")!.MissingPositions);
            Assert.Contains(interpretation.Warnings, w => w.Code == WarningCodes.VcfRecord);
        }

        [Fact]
        public void A_heterozygote_whose_reads_show_one_allele_is_left_out()
        {
            var interpretation = new VcfBuilder("CYP2C9").Without("rs1057910")
                .Line("chr10\t94981296\t.\tA\tC\t.\tPASS\t.\tGT:AD\t0/1:0,30").Interpret();

            Assert.Single(interpretation.Find("CYP2C9")!.MissingPositions);
        }

        [Fact]
        public void A_reference_block_calls_the_positions_that_it_spans()
        {
            var vcf = new VcfBuilder("CYP2C9").Else("").With("rs1057910", "0/1")
                .Line("chr10\t94900000\t.\tA\t<NON_REF>\t.\tPASS\tEND=94981295\tGT\t0/0")
                .Line("chr10\t94981297\t.\tT\t<NON_REF>\t.\tPASS\tEND=95000000\tGT\t0/0");

            Assert.Equal(["*1/*3"], vcf.Calls());
            Assert.Empty(vcf.Result().MissingPositions);
        }

        [Fact]
        public void Cyp2d6_is_not_called_and_the_result_says_so()
        {
            var interpretation = new VcfBuilder("CYP2D6").Interpret();

            Assert.Equal("not-callable-from-variants", interpretation.Find("CYP2D6")!.StateReason);
            Assert.Contains(interpretation.Warnings, w => w.Code == WarningCodes.NotCallable);
        }

        [Fact]
        public void A_base_that_no_definition_knows_leaves_a_gene_uncalled()
        {
            var vcf = new VcfBuilder("CYP2C9").Without("rs1057910").Line("chr10\t94981296\t.\tA\tT\t.\tPASS\t.\tGT\t0/1");

            Assert.Equal("undocumented-variation", vcf.Result().StateReason);
        }

        [Fact]
        public void A_base_that_no_definition_knows_counts_as_reference_for_toxicity_genes()
        {
            var interpretation = new VcfBuilder("TPMT").Without("rs1800462").Line("chr6\t18143724\t.\tC\tT\t.\tPASS\t.\tGT\t0/1").Interpret();

            Assert.Equal("*1/*1", Assert.Single(interpretation.Find("TPMT")!.Diplotypes).ToString());
            Assert.Contains(interpretation.Warnings, w => w.Code == WarningCodes.UndocumentedVariation);
        }
    }

    public class GeneExceptions
    {
        [Fact]
        public void Nat2_needs_its_required_positions()
        {
            Assert.Equal("required-position-missing", new VcfBuilder("NAT2").Without("rs1801280").Result().StateReason);
        }

        [Fact]
        public void Nat2_reports_the_frequent_one_of_diplotypes_that_unphased_data_cannot_tell_apart()
        {
            // *4/*5 or *1/*16: rs1801280 and rs1799929 with rs1208 (published priority: *4/*5).
            var vcf = new VcfBuilder("NAT2").With("rs1801280", "0/1").With("rs1799929", "0/1").With("rs1208", "0/1");
            var all = vcf.Calls(allCalls: true).ToArray();

            Assert.True(all.Length > 1);
            Assert.Single(vcf.Calls());
        }

        [Fact]
        public void Slco1b1_falls_back_on_the_deciding_position()
        {
            var interpretation = new VcfBuilder("SLCO1B1").With("rs4149056", "0/1").With("rs2306283", "0/0")
                .With("rs11045852", "0|1").With("rs11045819", "1|1").With("rs34671512", "1|1").Interpret();

            var result = interpretation.Find("SLCO1B1")!;
            Assert.Empty(result.Diplotypes);
            Assert.Equal("Decreased Function", result.Phenotype?.Term);
            Assert.Contains(interpretation.Warnings, w => w.Code == WarningCodes.FallbackPosition);
        }

        [Theory]
        [InlineData("rs75017182", "0/1", "rs56038477", "0/1", "Reference/c.1129-5923C>G, c.1236G>A (HapB3)")]
        [InlineData("rs75017182", "0/1", "rs56038477", "0/0", "Reference/c.1129-5923C>G")]
        [InlineData("rs75017182", "0/0", "rs56038477", "0/1", "Reference/Reference")]
        [InlineData("rs75017182", "0/0", "rs56038477", "1/1", "Reference/Reference")]
        [InlineData("rs75017182", "", "rs56038477", "0/1", "Reference/c.1129-5923C>G, c.1236G>A (HapB3)")]
        [InlineData("rs75017182", "0/1", "rs56038477", "", "Reference/c.1129-5923C>G")]
        [InlineData("rs75017182", "1/1", "rs56038477", "1/1", "c.1129-5923C>G, c.1236G>A (HapB3)/c.1129-5923C>G, c.1236G>A (HapB3)")]
        [InlineData("rs75017182", "1/1", "rs56038477", "0/1", "c.1129-5923C>G/c.1129-5923C>G, c.1236G>A (HapB3)")]
        [InlineData("rs75017182", "0|1", "rs56038477", "1|0", "Reference/c.1129-5923C>G")]
        public void Dpyd_hapb3_is_decided_by_the_intronic_position(
            string intronic, string intronicGenotype, string exonic, string exonicGenotype, string diplotype)
        {
            var vcf = new VcfBuilder("DPYD").With(intronic, intronicGenotype).With(exonic, exonicGenotype);

            Assert.Equal([diplotype], vcf.Result().Diplotypes.Count > 0 ? vcf.Calls() : [vcf.Result().Candidates[0].Diplotype.ToString()]);
        }

        [Fact]
        public void Dpyd_lists_unphased_variants_one_by_one_and_the_two_lowest_decide()
        {
            var result = new VcfBuilder("DPYD").With("rs3918290", "0/1").With("rs67376798", "1/1").With("rs1801265", "0/1").Result();

            Assert.Empty(result.Diplotypes);
            Assert.Equal(
                ["c.85T>C (*9A)", "c.1905+1G>A (*2A)", "c.2846A>T", "c.2846A>T"], result.Alleles.Select(a => a.Name));
            Assert.Equal("0.5", result.ActivityScore.ToString());
            Assert.Equal("Poor Metabolizer", result.Phenotype?.Term);
        }

        [Fact]
        public void Dpyd_with_known_phase_gives_the_variants_of_each_strand()
        {
            var result = new VcfBuilder("DPYD").With("rs3918290", "0|1").With("rs67376798", "0|1").With("rs1801265", "1|0").Result();

            Assert.Equal("[c.1905+1G>A (*2A) + c.2846A>T]/c.85T>C (*9A)", Assert.Single(result.Diplotypes).ToString());
            Assert.Equal("1.0", result.ActivityScore.ToString());
        }

        [Fact]
        public void Dpyd_with_one_heterozygous_position_is_phased_in_effect()
        {
            var result = new VcfBuilder("DPYD").With("rs3918290", "0/1").With("rs67376798", "1/1").Result();

            Assert.Equal("[c.1905+1G>A (*2A) + c.2846A>T]/c.2846A>T", Assert.Single(result.Diplotypes).ToString());
            Assert.Equal("0.5", result.ActivityScore.ToString());
        }

        [Fact]
        public void Ryr1_takes_the_malignant_variant_first()
        {
            var result = new VcfBuilder("RYR1").With("rs193922749", "0/1").With("rs118192172", "0/1").Result();

            Assert.Equal(2, result.Alleles.Count);
            Assert.Equal("Malignant Hyperthermia Susceptibility", result.Phenotype?.Term);
        }

        [Fact]
        public void Mitochondrial_variants_are_called_by_presence()
        {
            var vcf = new VcfBuilder("MT-RNR1").Else("0").With("rs267606617", "1").With("chrM:827", "1");

            Assert.Equal("increased risk of aminoglycoside-induced hearing loss", vcf.Result().Phenotype?.Term);
            Assert.Equal("Reference", Assert.Single(new VcfBuilder("MT-RNR1").Else("0").Result().Diplotypes).ToString());
        }
    }

    public class Files
    {
        [Fact]
        public void One_of_several_samples_is_read_by_name()
        {
            var vcf = new VcfBuilder("VKORC1").Samples("A\tB").With("rs9923231", "0/1\t1/1");

            Assert.Equal("-1639 AG", vcf.Interpret(sample: "A").Find("VKORC1")!.Phenotype?.Term);
            Assert.Equal("-1639 AA", vcf.Interpret(sample: "B").Find("VKORC1")!.Phenotype?.Term);
            Assert.Equal("/vcf", Assert.Single(vcf.Interpret().Faults).Path);
            Assert.Single(vcf.Interpret(sample: "C").Faults);
        }

        [Theory]
        [InlineData("##contig=<ID=chr16,assembly=GRCh37>")]
        [InlineData("##reference=file:///refs/hg19.fa")]
        public void Another_assembly_is_refused(string meta)
        {
            Assert.Contains("GRCh38", Assert.Single(new VcfBuilder("VKORC1").Meta(meta).Interpret().Faults).Message, StringComparison.Ordinal);
        }

        [Theory]
        [InlineData("")]
        [InlineData("not a vcf")]
        [InlineData("##fileformat=VCFv4.2\n#CHROM\tPOS\n")]
        [InlineData("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\nchr1\tx\n")]
        [InlineData("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\nchr16\t31096368\t.\tC\tT\t.\t.\t.\tGT\tx/y\n")]
        public void Text_that_is_no_vcf_is_a_fault_not_an_exception(string text)
        {
            Assert.NotEmpty(GenotypeInterpreter.Default.Interpret(new GenotypeInput { Vcf = text }).Faults);
        }

        [Fact]
        public void Lines_may_end_in_carriage_return_and_line_feed()
        {
            var text = new VcfBuilder("VKORC1").With("rs9923231", "1/1").Build().Replace("\n", "\r\n", StringComparison.Ordinal);

            Assert.Equal("-1639 AA", GenotypeInterpreter.Default.Interpret(new GenotypeInput { Vcf = text }).Only().Phenotype?.Term);
        }

        [Fact]
        public void A_variant_by_rs_id_outranks_the_vcf_at_its_position()
        {
            var interpretation = GenotypeInterpreter.Default.Interpret(new GenotypeInput
            {
                Vcf = new VcfBuilder("VKORC1").With("rs9923231", "1/1").Build(),
                Variants = new Dictionary<string, string> { ["rs9923231"] = "C/C" },
            });

            Assert.Equal("-1639 GG", interpretation.Only().Phenotype?.Term);
            Assert.Equal("/vcf", Assert.Single(interpretation.Warnings, w => w.Code == WarningCodes.ConflictingInput).Path);
        }
    }
}
