// The function app: a custom handler on Flex Consumption that knows everything by its identity.
param appName string
param planName string
param location string
param zoneRedundant bool
param identityId string
param identityClientId string
param storageName string
param openStorageName string
param packageContainerUri string
param vaultUri string
param insightsConnectionString string
param workspaceId string

@description('The subnet that the app sends through; empty: none.')
param subnetId string

param queueTenant string
param pseudonymKeyVersions array
param protectionKeyVersions array
param modelPublicKeys array
param tokens object
param corsOrigins array
param limits object
param predictionRetention string
param webhookHosts array
param otlpEndpoint string
param maximumInstanceCount int
param instanceMemoryMB int
param alwaysReadyInstances int

var httpConcurrency = 32
var keySettings = [for version in pseudonymKeyVersions: {
  name: 'DrugResponse__Pseudonyms__Keys__${version}'
  value: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/pseudonym-key-${version})'
}]
var protectionSettings = [for version in protectionKeyVersions: {
  name: 'DrugResponse__Protection__Keys__${version}'
  value: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/protection-key-${version})'
}]
var signerSettings = [for (key, i) in modelPublicKeys: {
  name: 'DrugResponse__Models__PublicKeys__${i}'
  value: key
}]
var originSettings = [for (origin, i) in corsOrigins: {
  name: 'DrugResponse__Cors__Origins__${i}'
  value: origin
}]
var tokenSettings = empty(tokens) ? [] : [
  { name: 'DrugResponse__Access__Tokens__Authority', value: tokens.authority }
  { name: 'DrugResponse__Access__Tokens__Audience', value: tokens.audience }
  contains(tokens, 'tenant')
    ? { name: 'DrugResponse__Access__Tokens__Tenant', value: tokens.tenant }
    : { name: 'DrugResponse__Access__Tokens__TenantClaim', value: tokens.tenantClaim }
]
var limitSettings = [
  { name: 'DrugResponse__Limits__RequestsPerSecond', value: string(limits.requestsPerSecond) }
  { name: 'DrugResponse__Limits__Burst', value: string(limits.burst) }
  { name: 'DrugResponse__Limits__Concurrent', value: string(limits.concurrent) }
]
var retentionSettings = empty(predictionRetention) ? [] : [{ name: 'DrugResponse__Retention__Predictions', value: predictionRetention }]
var hostSettings = [for (host, i) in webhookHosts: {
  name: 'DrugResponse__Batches__Webhooks__Hosts__${i}'
  value: host
}]
var webhookSettings = empty(webhookHosts) ? [] : concat(hostSettings, [
  {
    name: 'DrugResponse__Batches__Webhooks__Key'
    value: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/webhook-key)'
  }
])
var queueSettings = empty(queueTenant) ? [] : [{ name: 'DrugResponse__Access__QueueTenant', value: queueTenant }]
var otlpSettings = empty(otlpEndpoint) ? [] : [{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: otlpEndpoint }]

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: appName
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUri
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: instanceMemoryMB
        alwaysReady: alwaysReadyInstances == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyInstances }]
        triggers: { http: { perInstanceConcurrency: httpConcurrency } }
      }
      runtime: { name: 'custom', version: '1.0' }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      // No function takes OPTIONS: the host answers what browsers ask first, by the same list that the app has.
      cors: { allowedOrigins: corsOrigins, supportCredentials: false }
      appSettings: concat(
        [
          { name: 'AzureWebJobsStorage__accountName', value: storageName }
          { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
          { name: 'AzureWebJobsStorage__clientId', value: identityClientId }
          { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insightsConnectionString }
          { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'ClientId=${identityClientId};Authorization=AAD' }
          { name: 'FUNCTIONS_REQUEST_BODY_SIZE_LIMIT', value: '104857600' }
          { name: 'DrugResponse__Batches__UploadStorage__AccountName', value: openStorageName }
        ],
        keySettings,
        protectionSettings,
        signerSettings,
        tokenSettings,
        originSettings,
        limitSettings,
        retentionSettings,
        webhookSettings,
        queueSettings,
        otlpSettings
      )
    }
  }

  // Packages come by identity; passwords for publishing are of no use but to thieves.
  resource scmPasswords 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource ftpPasswords 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: app
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output hostName string = app.properties.defaultHostName
