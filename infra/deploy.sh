#!/usr/bin/env bash
# Deploys DrugResponse: resources, keys, models, package. May be run again at any time.
#   infra/deploy.sh <resource-group> <dev|prod> [location]
# Needs the Azure CLI (signed in), the .NET SDK and openssl. With privateNetwork it must run inside the network.
#   DRUGRESPONSE_SIGNING_KEY   PEM file of the private key that signs the models; it never leaves this machine. Made once by:
#                              openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out signing-key.pem
#   DRUGRESPONSE_FIRST_TENANT  if set, a key of this tenant for an administrator is made and printed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

group=${1:?usage: infra/deploy.sh <resource-group> <dev|prod> [location]}
environment=${2:?usage: infra/deploy.sh <resource-group> <dev|prod> [location]}
location=${3:-westeurope}
signing_key=${DRUGRESPONSE_SIGNING_KEY:?must name the PEM file of the private key that signs the models}
package=artifacts/drugresponse-functions.zip

deployer=$(az ad signed-in-user show --query id --output tsv 2>/dev/null || echo "${DEPLOYER_PRINCIPAL_ID:-}")

DRUGRESPONSE_MODEL_PUBLIC_KEY=$(openssl pkey -in "$signing_key" -pubout -outform DER | openssl base64 -A)
export DRUGRESPONSE_MODEL_PUBLIC_KEY

az group create --name "$group" --location "$location" --output none
outputs=$(az deployment group create --resource-group "$group" --name drugresponse \
  --parameters "infra/$environment.bicepparam" --parameters deployerPrincipalId="$deployer" \
  --query properties.outputs --output json)
output() { printf '%s' "$outputs" | sed -n "/\"$1\"/,/}/s/.*\"value\": \"\([^\"]*\)\".*/\1/p"; }
app=$(output appName)
storage=$(output storageName)
vault=$(output vaultName)

# Roles take a while to be known everywhere.
retry() { for attempt in 1 2 3 4 5 6 7 8; do "$@" && return; sleep $((attempt * 10)); done; "$@"; }

# Keys are made once. A pseudonym key that is replaced makes known patients strangers, and a protection key that is lost takes what is stored
# with it: rotation adds a version instead.
ensure_key() {
  az keyvault secret show --vault-name "$vault" --name "$1" --output none 2>/dev/null ||
    retry az keyvault secret set --vault-name "$vault" --name "$1" --value "$(openssl rand -base64 32)" --output none
}
ensure_key pseudonym-key-1
ensure_key protection-key-1
ensure_key webhook-key

# Checks every model, signs the registry, and writes it last: whoever sees it expects every file that it names.
retry dotnet run --project models/training -- publish --connection "https://$storage.blob.core.windows.net" --signing-key "$signing_key"

dotnet publish functions/DrugResponse.Functions -t:Package -p:PackageFile="$PWD/$package"
az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$package" --output none

if [ -n "${DRUGRESPONSE_FIRST_TENANT:-}" ]; then
  # That the key was made is written into the audit trail, which is sealed with the protection key.
  DrugResponse__Protection__Keys__1=$(az keyvault secret show --vault-name "$vault" --name protection-key-1 --query value --output tsv)
  export DrugResponse__Protection__Keys__1 AzureWebJobsStorage__accountName="$storage"
  retry dotnet run --project functions/DrugResponse.Functions --no-launch-profile -- \
    keys create --tenant "$DRUGRESPONSE_FIRST_TENANT" --roles admin --name 'first administrator'
fi

echo "Deployed: $(output apiAddress)"
