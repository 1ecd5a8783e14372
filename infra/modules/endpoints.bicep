// Private endpoints of storage and vault, with the names by which the app finds them.
param location string
param networkId string
param subnetId string
param storageId string
param storageName string
param vaultId string
param vaultName string

var targets = [
  { name: '${storageName}-blob', id: storageId, group: 'blob', zone: 'privatelink.blob.${environment().suffixes.storage}' }
  { name: '${storageName}-queue', id: storageId, group: 'queue', zone: 'privatelink.queue.${environment().suffixes.storage}' }
  { name: '${storageName}-table', id: storageId, group: 'table', zone: 'privatelink.table.${environment().suffixes.storage}' }
  { name: '${vaultName}-vault', id: vaultId, group: 'vault', zone: 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}' }
]

resource zones 'Microsoft.Network/privateDnsZones@2020-06-01' = [for target in targets: {
  name: target.zone
  location: 'global'
}]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [for (target, i) in targets: {
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
    privateDnsZoneConfigs: [{ name: target.group, properties: { privateDnsZoneId: zones[i].id } }]
  }
}]
