// The function app: a custom handler on Flex Consumption that knows everything by its identity.
param appName string
param planName string
param location string
param identityId string
param identityClientId string
param storageName string
param packageContainerUri string
param vaultUri string
param insightsConnectionString string
param workspaceId string

@description('The subnet that the app sends through; empty: none.')
param subnetId string

param tenant string
param queueTenant string
param pseudonymKeyVersions array
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
  properties: { reserved: true }
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
      appSettings: concat(
        [
          { name: 'AzureWebJobsStorage__accountName', value: storageName }
          { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
          { name: 'AzureWebJobsStorage__clientId', value: identityClientId }
          { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insightsConnectionString }
          { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'ClientId=${identityClientId};Authorization=AAD' }
          { name: 'FUNCTIONS_REQUEST_BODY_SIZE_LIMIT', value: '104857600' }
          { name: 'DrugResponse__Access__Tenant', value: tenant }
        ],
        keySettings,
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
