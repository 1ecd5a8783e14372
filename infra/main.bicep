// DrugResponse on Azure Functions, Flex Consumption: everything it needs in one resource group.
targetScope = 'resourceGroup'

@description('Short name that every resource\'s name begins with: lower-case letters and digits.')
@minLength(3)
@maxLength(11)
param name string = 'drugresp'

@description('Which deployment this is. It is part of every name, and prod keeps more and for longer.')
@allowed(['dev', 'prod'])
param environmentName string

@description('Where the resources are.')
param location string = resourceGroup().location

@description('The tenant that bare bodies on the queue prediction-requests belong to; empty: they are refused.')
param queueTenant string = ''

@description('Versions of pseudonym master keys, secrets pseudonym-key-<version> of the vault. The deployment script makes absent ones.')
@minLength(1)
param pseudonymKeyVersions array = [1]

@description('Versions of the master keys that encrypt what is stored and seal the audit trail, as secrets protection-key-<version>.')
@minLength(1)
param protectionKeyVersions array = [1]

@description('Public keys of those who may publish models, ECDSA P-256: base64 of each SubjectPublicKeyInfo. Others\' models are not served.')
@minLength(1)
param modelPublicKeys array

@description('Bearer tokens that are taken beside API keys: { authority, audience, tenant or tenantClaim }; empty: none.')
param tokens object = {}

@description('Origins whose pages may call from a browser; empty: none.')
param corsOrigins array = []

@description('What one tenant may ask of one instance: requests per second in the long run, at once after a pause, and in work at a time.')
param limits object = {
  requestsPerSecond: 1000
  burst: 2000
  concurrent: 128
}

@description('For how long predictions are kept, d.hh:mm:ss; empty: until they are erased.')
param predictionRetention string = ''

@description('For how many days anchors of the audit trail can be neither changed nor deleted, by nobody; 0: they are not protected that way.')
@minValue(0)
@maxValue(146000)
param auditAnchorRetentionInDays int = environmentName == 'prod' ? 365 : 0

@description('Whether that protection was locked. Azure then refuses to have it set again, so it is left as it is.')
param anchorPolicyLocked bool = false

@description('Whether every read of tables and blobs is logged, about a kilobyte each. The app\'s own reads are most of them.')
param logStorageReads bool = environmentName == 'prod'

@description('Whether app and storage outlive the loss of one zone. Azure then keeps two instances always ready, which are paid for.')
param zoneRedundant bool = environmentName == 'prod'

@description('Hosts that webhooks of batches may call; empty: none, and then no signing key is needed.')
param webhookHosts array = []

@description('Whether storage and vault are reached over private endpoints only; callers\' uploads have an account of their own.')
param privateNetwork bool = false

@description('Object id of whoever deploys, who may write secrets and models. Empty: nobody gets such roles here.')
param deployerPrincipalId string = ''

@description('What kind of principal that is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param deployerPrincipalType string = 'User'

@description('Whether the app is deployed. The deployment script leaves it out until the secrets are there that its settings refer to.')
param withApp bool = true

@description('Address that alerts are mailed to; empty: alerts are recorded only.')
param alertEmail string = ''

@description('An OTLP endpoint that the app sends its own traces, metrics and logs to; empty: none.')
param otlpEndpoint string = ''

@description('Most instances.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 100

@description('Memory of an instance, in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Instances for HTTP that are kept running, so that nobody waits for a cold start.')
@minValue(0)
param alwaysReadyInstances int = environmentName == 'prod' ? 2 : 0

var isProd = environmentName == 'prod'
var baseName = '${name}-${environmentName}'
var suffix = substring(uniqueString(resourceGroup().id, baseName), 0, 6)
var names = {
  identity: '${baseName}-identity'
  storage: '${name}${environmentName}${suffix}'
  openStorage: '${name}${environmentName}op${suffix}'
  vault: '${baseName}-${suffix}'
  workspace: '${baseName}-logs'
  insights: '${baseName}-insights'
  network: '${baseName}-network'
  plan: '${baseName}-plan'
  app: '${baseName}-${suffix}'
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: names.identity
  location: location
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    workspaceName: names.workspace
    insightsName: names.insights
    location: location
    retentionInDays: isProd ? 90 : 30
    publisherPrincipalId: identity.properties.principalId
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  params: {
    networkName: names.network
    location: location
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    storageName: names.storage
    location: location
    zoneRedundant: zoneRedundant
    deletedBlobRetentionInDays: isProd ? 14 : 1
    isPrivate: privateNetwork
    appPrincipalId: identity.properties.principalId
    deployerPrincipalId: deployerPrincipalId
    deployerPrincipalType: deployerPrincipalType
    workspaceId: monitoring.outputs.workspaceId
    logReads: logStorageReads
    auditAnchorRetentionInDays: auditAnchorRetentionInDays
    anchorPolicyLocked: anchorPolicyLocked
  }
}

module openStorage 'modules/open.bicep' = {
  name: 'open'
  params: {
    storageName: names.openStorage
    location: location
    zoneRedundant: zoneRedundant
    appPrincipalId: identity.properties.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    vaultName: names.vault
    location: location
    purgeProtection: isProd
    isPrivate: privateNetwork
    appPrincipalId: identity.properties.principalId
    deployerPrincipalId: deployerPrincipalId
    deployerPrincipalType: deployerPrincipalType
    workspaceId: monitoring.outputs.workspaceId
  }
}

module endpoints 'modules/endpoints.bicep' = if (privateNetwork) {
  name: 'endpoints'
  params: {
    location: location
    networkId: network!.outputs.networkId
    subnetId: network!.outputs.endpointsSubnetId
    storageId: storage.outputs.storageId
    storageName: names.storage
    openStorageId: openStorage.outputs.storageId
    openStorageName: names.openStorage
    vaultId: vault.outputs.vaultId
    vaultName: names.vault
  }
}

module app 'modules/app.bicep' = if (withApp) {
  name: 'app'
  params: {
    appName: names.app
    planName: names.plan
    location: location
    zoneRedundant: zoneRedundant
    identityId: identity.id
    identityClientId: identity.properties.clientId
    storageName: names.storage
    openStorageName: names.openStorage
    packageContainerUri: openStorage.outputs.packageContainerUri
    vaultUri: vault.outputs.vaultUri
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    workspaceId: monitoring.outputs.workspaceId
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    queueTenant: queueTenant
    pseudonymKeyVersions: pseudonymKeyVersions
    protectionKeyVersions: protectionKeyVersions
    modelPublicKeys: modelPublicKeys
    tokens: tokens
    corsOrigins: corsOrigins
    limits: limits
    predictionRetention: predictionRetention
    webhookHosts: webhookHosts
    otlpEndpoint: otlpEndpoint
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    alwaysReadyInstances: alwaysReadyInstances
  }
  dependsOn: privateNetwork ? [endpoints] : []
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    baseName: baseName
    location: location
    workspaceId: monitoring.outputs.workspaceId
    storageId: storage.outputs.storageId
    email: alertEmail
  }
}

@description('Name of the function app, for the deployment of packages.')
output appName string = names.app

@description('Where callers reach the API.')
output apiAddress string = withApp ? 'https://${app!.outputs.hostName}/api' : ''

@description('Name of the storage account, for the publication of models.')
output storageName string = names.storage

@description('Name of the vault that the master keys lie in.')
output vaultName string = names.vault

@description('Names of the keys that the vault must hold, separated by spaces.')
output secretNames string = join(concat(
  map(pseudonymKeyVersions, version => 'pseudonym-key-${version}'),
  map(protectionKeyVersions, version => 'protection-key-${version}'),
  ['webhook-key']
), ' ')

@description('How storage and vault are reached: private or public.')
output networkAccess string = privateNetwork ? 'private' : 'public'

@description('Address that webhooks come from; empty: one of many of Azure.')
output outboundAddress string = privateNetwork ? network!.outputs.outboundAddress : ''

@description('Client id of the app\'s identity.')
output identityClientId string = identity.properties.clientId
