#!/usr/bin/env bash
# Deploys DrugResponse: resources, keys, models, package. May be run again at any time.
#   infra/deploy.sh <resource-group> <dev|prod> [location]
# Needs the Azure CLI (signed in), the .NET SDK and openssl. With privateNetwork it must run inside the network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

group=${1:?usage: infra/deploy.sh <resource-group> <dev|prod> [location]}
environment=${2:?usage: infra/deploy.sh <resource-group> <dev|prod> [location]}
location=${3:-westeurope}
package=artifacts/drugresponse-functions.zip

deployer=$(az ad signed-in-user show --query id --output tsv 2>/dev/null || echo "${DEPLOYER_PRINCIPAL_ID:-}")

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

# Keys are made once. A pseudonym key that is replaced makes known patients strangers: rotation adds a version instead.
ensure_key() {
  az keyvault secret show --vault-name "$vault" --name "$1" --output none 2>/dev/null ||
    retry az keyvault secret set --vault-name "$vault" --name "$1" --value "$(openssl rand -base64 32)" --output none
}
ensure_key pseudonym-key-1
ensure_key webhook-key

# The registry last: whoever sees it expects every file that it names.
for pattern in '*/model.zip' '*/spread-*.zip' '*/card.json'; do
  retry az storage blob upload-batch --account-name "$storage" --auth-mode login --destination models --source models \
    --pattern "$pattern" --overwrite --output none
done
az storage blob upload --account-name "$storage" --auth-mode login --container-name models --name registry.json \
  --file models/registry.json --overwrite --output none

dotnet publish functions/DrugResponse.Functions -t:Package -p:PackageFile="$PWD/$package"
az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$package" --output none

echo "Deployed: $(output apiAddress)"
