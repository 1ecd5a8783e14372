// Private endpoints of storage and vault, with the names by which the app finds them. Callers reach the open account by its public address.
param location string
param networkId string
param subnetId string
param storageId string
param storageName string
param openStorageId string
param openStorageName string
param vaultId string
param vaultName string

var groups = ['blob', 'queue', 'table', 'vault']
var zoneNames = [
  'privatelink.blob.${environment().suffixes.storage}'
  'privatelink.queue.${environment().suffixes.storage}'
  'privatelink.table.${environment().suffixes.storage}'
  'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'
]
var targets = [
  { name: '${storageName}-blob', id: storageId, group: 'blob' }
  { name: '${storageName}-queue', id: storageId, group: 'queue' }
  { name: '${storageName}-table', id: storageId, group: 'table' }
  { name: '${openStorageName}-blob', id: openStorageId, group: 'blob' }
  { name: '${vaultName}-vault', id: vaultId, group: 'vault' }
]

resource zones 'Microsoft.Network/privateDnsZones@2020-06-01' = [for zone in zoneNames: {
  name: zone
  location: 'global'
}]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [for (zone, i) in zoneNames: {
  parent: zones[i]
  name: 'app-network'
  location: 'global'
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: networkId }
  }
}]

resource endpoints 'Microsoft.Network/privateEndpoints@2024-01-01' = [for target in targets: {
  name: target.name
  location: location
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      {
        name: target.group
        properties: {
          privateLinkServiceId: target.id
          groupIds: [target.group]
        }
      }
    ]
  }
}]

resource records 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-01-01' = [for (target, i) in targets: {
  parent: endpoints[i]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [{ name: target.group, properties: { privateDnsZoneId: zones[indexOf(groups, target.group)].id } }]
  }
}]
