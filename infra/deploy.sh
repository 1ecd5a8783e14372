#!/usr/bin/env bash
# Deploys DrugResponse: resources, keys, models, package. May be run again at any time.
#   infra/deploy.sh <resource-group> <dev|prod> [location]
# Needs the Azure CLI (signed in), the .NET SDK and openssl. Makes the group if there is none, in westeurope unless told otherwise.
# A vault that was deleted keeps its name for 7 days (prod: 90): az keyvault purge (dev) or recover it.
#   DRUGRESPONSE_SIGNING_KEY         PEM file of the private key that signs the models; it never leaves this machine. Made once by:
#     openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out signing-key.pem
#   DRUGRESPONSE_FIRST_TENANT        if set, and this tenant never had a key, one for an administrator is made and printed.
#   DRUGRESPONSE_DEPLOYER_ADDRESSES  with privateNetwork (prod): public IPv4 addresses or ranges, separated by commas, that this machine
#                                    comes from. Storage and vault take calls from them until the script ends. Without it, run inside the
#                                    network.
#   DRUGRESPONSE_ALERT_EMAIL         with prod: whom alerts are mailed to.
#   DEPLOYER_PRINCIPAL_ID            for pipelines: object id of the service principal that is signed in, which gets the roles to deploy.
#                                    Unset: whoever is signed in. Empty: nobody gets such roles, for they were given before.
#   DEPLOYER_PRINCIPAL_TYPE          what DEPLOYER_PRINCIPAL_ID is: ServicePrincipal (default), User or Group.
set -euo pipefail
umask 077

usage='usage: infra/deploy.sh <resource-group> <dev|prod> [location]'
group=${1:?$usage}
environment=${2:?$usage}
location=${3:-}
signing_key=${DRUGRESPONSE_SIGNING_KEY:?must name the PEM file of the private key that signs the models}
case $signing_key in /*) ;; *) signing_key=$PWD/$signing_key ;; esac
cd "$(dirname "${BASH_SOURCE[0]}")/.."
package=artifacts/drugresponse-functions.zip
IFS=', ' read -ra addresses <<<"${DRUGRESPONSE_DEPLOYER_ADDRESSES:-}"

stop() { echo "$1" >&2; exit 1; }

work=$(mktemp -d)
errors=$work/errors
is_open=
finish() {
  local code=$?
  # Whoever interrupts a second time must not interrupt the closing.
  trap '' INT TERM HUP
  rm -rf "$work"
  if [ -n "$is_open" ]; then
    az storage account update --resource-group "$group" --name "$storage" --public-network-access Disabled --output none || code=1
    az keyvault update --resource-group "$group" --name "$vault" --public-network-access Disabled --output none || code=1
  fi
  exit "$code"
}
trap finish EXIT

# Roles, network rules and names take a while to be known everywhere. Any other failure is one: an expired login, a fault in what is sent, a
# network that nobody opens to this machine.
closed='ForbiddenByConnection|Public network access is disabled'
refused='ForbiddenByRbac|ForbiddenByFirewall|AuthorizationFailure|AuthorizationPermissionMismatch|Caller is not authorized'
unreachable='Storage does not answer|Failed to resolve|Name or service not known|Temporary failure in name|Connection refused|timed out'
will_pass() { if grep -qE "$closed" "$errors"; then [ -n "$is_open" ]; else grep -qE "$refused|$unreachable" "$errors"; fi; }
# Leaves what the last attempt said in $errors.
try() {
  local pause code
  for pause in 10 20 30 40 50 60 70 80 never; do
    code=0
    "$@" 2>"$errors" || code=$?
    if [ "$code" = 0 ] || [ "$pause" = never ] || ! will_pass; then return "$code"; fi
    sleep "$pause"
  done
}
retry() {
  local code=0
  try "$@" || code=$?
  cat "$errors" >&2
  return "$code"
}

if [ -n "${DEPLOYER_PRINCIPAL_ID+set}" ]; then
  deployer=$DEPLOYER_PRINCIPAL_ID
  deployer_type=${DEPLOYER_PRINCIPAL_TYPE:-ServicePrincipal}
else
  deployer=$(az ad signed-in-user show --query id --output tsv) ||
    stop 'Who is signed in cannot be told, or is no person: sign in, or set DEPLOYER_PRINCIPAL_ID.'
  deployer_type=User
fi

DRUGRESPONSE_MODEL_PUBLIC_KEY=$(openssl pkey -in "$signing_key" -pubout -outform DER | openssl base64 -A)
export DRUGRESPONSE_MODEL_PUBLIC_KEY

exists=$(az group exists --name "$group")
if [ "$exists" = true ]; then
  present=$(az group show --name "$group" --query location --output tsv)
  asked=$(printf '%s' "$location" | tr -d ' ' | tr '[:upper:]' '[:lower:]')
  [ -z "$asked" ] || [ "$asked" = "$present" ] || stop "The group $group is in $present and cannot be moved to $location."
else
  az group create --name "$group" --location "${location:-westeurope}" --output none
fi

# Subnets are delegated to it, which no resource of the template says to Azure.
registration=$(az provider show --namespace Microsoft.App --query registrationState --output tsv)
[ "$registration" = Registered ] || az provider register --namespace Microsoft.App --wait --output none

deploy() {
  az deployment group create --resource-group "$group" --name drugresponse --parameters "infra/$environment.bicepparam" \
    --parameters deployerPrincipalId="$deployer" deployerPrincipalType="$deployer_type" withApp="$1" --output none
}
output() { az deployment group show --resource-group "$group" --name drugresponse --query "properties.outputs.$1.value" --output tsv; }

# Deployments close, and only this opens: a deployment goes on in Azure when the script is interrupted, and may end before names are known.
open_network() {
  local address
  [ "$network" = private ] && [ "${#addresses[@]}" -gt 0 ] || return 0
  is_open=yes
  for address in "${addresses[@]}"; do
    az storage account network-rule add --resource-group "$group" --account-name "$storage" --ip-address "$address" --output none
    az keyvault network-rule add --resource-group "$group" --name "$vault" --ip-address "$address" --output none
  done
  az storage account update --resource-group "$group" --name "$storage" --public-network-access Enabled --output none
  az keyvault update --resource-group "$group" --name "$vault" --public-network-access Enabled --output none
}

# The app comes last: a reference to a secret that is not there yet would be kept as it is for up to a day.
deploy false
app=$(output appName)
storage=$(output storageName)
vault=$(output vaultName)
secrets=$(output secretNames)
network=$(output networkAccess)
open_network

# Keys are made once. A pseudonym key that is replaced makes known patients strangers, and a protection key that is lost takes what is
# stored with it: rotation adds a version instead. So a key is made only if the vault itself says that it has none.
ensure_key() {
  if try az keyvault secret show --vault-name "$vault" --name "$1" --output none; then return; fi
  if ! grep -q '(SecretNotFound)' "$errors"; then
    cat "$errors" >&2
    stop "Whether the vault has $1 cannot be told, so nothing was made."
  fi
  openssl rand -base64 32 | tr -d '\n' >"$work/value"
  retry az keyvault secret set --vault-name "$vault" --name "$1" --file "$work/value" --encoding utf-8 --output none
  rm "$work/value"
}
for secret in $secrets; do ensure_key "$secret"; done

# Checks every model, signs the registry, and writes it last: whoever sees it expects every file that it names.
retry dotnet run --project models/training -- publish --connection "https://$storage.blob.core.windows.net" --signing-key "$signing_key"

deploy true
address=$(output apiAddress)
dotnet publish functions/DrugResponse.Functions -t:Package -p:PackageFile="$PWD/$package"
az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$package" --output none

keys() { dotnet run --project functions/DrugResponse.Functions --no-launch-profile -- keys "$@" --tenant "$DRUGRESPONSE_FIRST_TENANT"; }
if [ -n "${DRUGRESPONSE_FIRST_TENANT:-}" ]; then
  open_network
  # That a key was made is written into the audit trail, which is sealed with the protection keys.
  for secret in $secrets; do
    case $secret in
      protection-key-*)
        value=$(retry az keyvault secret show --vault-name "$vault" --name "$secret" --query value --output tsv)
        export "DrugResponse__Protection__Keys__${secret##*-}=$value" ;;
    esac
  done
  export AzureWebJobsStorage__accountName="$storage"
  listed=$(retry keys list)
  if printf '%s\n' "$listed" | grep -qE '  (until|revoked) [0-9]{4}-'; then
    echo "Tenant $DRUGRESPONSE_FIRST_TENANT has keys already, so none was made."
  else
    # Not tried twice: a key may have been made although it could not be said.
    keys create --roles admin --name 'first administrator'
  fi
fi

echo "Deployed: $address"
