namespace DrugResponse.Pharmacogenomics.Medications;

/// <summary>Brings drug names into one way of writing.</summary>
internal static class DrugNameText
{
    private const int MaxLength = 200;

    /// <summary>Salts and forms that stand behind an ingredient's name without changing what it is.</summary>
    private static readonly HashSet<string> Salts = new(StringComparer.Ordinal)
    {
        "acetate", "anhydrous", "arginine", "axetil", "besilate", "besylate", "bisulfate", "bitartrate", "bromide", "calcium", "camsylate",
        "carbonate", "chloride", "cilexetil", "citrate", "decanoate", "dihydrate", "dihydrochloride", "dimesylate", "dipropionate",
        "disodium", "disoproxil", "edisylate", "estolate", "ethylsuccinate", "etexilate", "fumarate", "furoate", "gluconate", "hbr", "hcl",
        "hemifumarate", "hyclate", "hydrobromide", "hydrochloride", "hydrogen", "lactate", "lysine", "magnesium", "malate", "maleate",
        "medoxomil", "meglumine", "mesilate", "mesylate", "mofetil", "monohydrate", "napsylate", "nitrate", "oxalate", "palmitate", "pamoate",
        "phosphate", "potassium", "proxetil", "sodium", "stearate", "strontium", "succinate", "sulfate", "sulphate", "tartrate", "tosylate",
        "trihydrate", "tromethamine", "valerate",
    };

    /// <summary>Lower case, apostrophes dropped, everything else that is no letter or digit as one blank.</summary>
    public static string Normalise(ReadOnlySpan<char> name)
    {
        name = name.Trim();
        if (name.Length > MaxLength)
            name = name[..MaxLength];

        Span<char> buffer = stackalloc char[MaxLength];
        var length = 0;
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c))
                buffer[length++] = char.ToLowerInvariant(c);
            else if (c is not '\'' and not '’' && length > 0 && buffer[length - 1] != ' ')
                buffer[length++] = ' ';
        }

        return buffer[..length].TrimEnd().ToString();
    }

    /// <summary>The name without the salt at its end; the same text when there is none.</summary>
    /// <param name="normalised">A normalised name.</param>
    /// <returns>The shorter name.</returns>
    public static string WithoutSalt(string normalised)
    {
        var blank = normalised.LastIndexOf(' ');
        return blank > 0 && Salts.Contains(normalised[(blank + 1)..]) ? normalised[..blank] : normalised;
    }
}
