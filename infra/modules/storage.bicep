// One account for tables, queues and blobs. Nobody gets in by key: identities only. Uploads and packages have another, open.bicep.
param storageName string
param location string
param zoneRedundant bool

@description('How long deleted blobs can be brought back, in days. Erasure of a patient is complete only after it.')
param deletedBlobRetentionInDays int

param isPrivate bool

param appPrincipalId string
param deployerPrincipalId string
param deployerPrincipalType string
param workspaceId string

@description('Whether reads of tables and blobs are logged.')
param logReads bool

@description('For how many days anchors of the audit trail can be neither changed nor deleted; 0: no policy.')
param auditAnchorRetentionInDays int

@description('Whether that policy was locked: Azure refuses to set a locked one, be it to the same.')
param anchorPolicyLocked bool

var modelContainer = 'models'
var anchorContainer = 'audit-anchors'
var containers = [modelContainer, 'predictions', 'requests', anchorContainer, 'batches']
var queues = [
  'prediction-requests'
  'prediction-requests-poison'
  'batch-chunks'
  'batch-chunks-poison'
  'batch-control'
  'batch-control-poison'
]
var tables = [
  'patients'
  'predictions'
  'idempotency'
  'queuefailures'
  'apikeys'
  'audit'
  'erasures'
  'batches'
  'batchchunks'
  'batchresults'
  'registryrevisions'
]

// Host and app share the app's one identity. Owner of blobs: the Functions host keeps locks and keys in a container that it makes itself,
// and asks for this role; the app alone would do with Contributor. Queues: the host takes, renews and deletes messages and puts bad ones
// into poison queues, the app sends its own. Tables: the app inserts, changes and deletes rows. None of them reaches beyond this account.
var appRoles = {
  blobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  queueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}
var tableDataContributorRole = appRoles.tableDataContributor
var blobDataContributorRole = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // The script opens it to addresses for a while. A template never does: a deployment goes on although whoever began it has gone.
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      ipRules: []
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: true, days: deletedBlobRetentionInDays }
    containerDeleteRetentionPolicy: { enabled: true, days: deletedBlobRetentionInDays }
  }
}

resource blobContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = [for container in containers: {
  parent: blobs
  name: container
  properties: { publicAccess: 'None' }
}]

// Whoever can write everywhere in the account could otherwise change audit trail and anchors together. Once locked, in the portal or by the
// CLI, the policy can be prolonged only.
resource anchorPolicy 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2023-05-01' = if (auditAnchorRetentionInDays > 0 && !anchorPolicyLocked) {
  parent: blobContainers[indexOf(containers, anchorContainer)]
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: auditAnchorRetentionInDays
    allowProtectedAppendWrites: false
  }
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource storageQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' = [for queue in queues: {
  parent: queueService
  name: queue
}]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource storageTables 'Microsoft.Storage/storageAccounts/tableServices/tables@2023-05-01' = [for table in tables: {
  parent: tableService
  name: table
}]

resource appAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in items(appRoles): {
  name: guid(account.id, appPrincipalId, role.value)
  scope: account
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
  }
}]

// Publishes models, and sees nothing of patients. Packages are brought by Azure, with the app's identity.
resource deployerAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerPrincipalId)) {
  name: guid(account.id, deployerPrincipalId, blobDataContributorRole, modelContainer)
  scope: blobContainers[indexOf(containers, modelContainer)]
  properties: {
    principalId: deployerPrincipalId
    principalType: deployerPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributorRole)
  }
}

// Makes the first API key, which is audited, and sees no other table.
var keyTables = ['apikeys', 'audit']
resource deployerKeys 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for table in keyTables: if (!empty(deployerPrincipalId)) {
  name: guid(account.id, deployerPrincipalId, tableDataContributorRole, table)
  scope: storageTables[indexOf(tables, table)]
  properties: {
    principalId: deployerPrincipalId
    principalType: deployerPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', tableDataContributorRole)
  }
}]

// Reads past the app, by whoever has a role for data, stand in no audit trail of the app: only here.
resource blobLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: blobs
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'StorageDelete', enabled: true }
      { category: 'StorageWrite', enabled: true }
      { category: 'StorageRead', enabled: logReads }
    ]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

// Which messages were put where is what the alert on poison queues looks at.
resource queueLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: queueService
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageWrite', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

resource tableLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: tableService
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'StorageDelete', enabled: true }
      { category: 'StorageRead', enabled: logReads }
    ]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

output storageId string = account.id
