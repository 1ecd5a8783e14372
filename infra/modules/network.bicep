// The network that app, storage and vault meet in.
param networkName string
param location string

resource network 'Microsoft.Network/virtualNetworks@2024-01-01' = {
  name: networkName
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/16'] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.20.0.0/24'
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: '10.20.1.0/24'
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }

  resource appSubnet 'subnets' existing = { name: 'app' }
  resource endpointsSubnet 'subnets' existing = { name: 'endpoints' }
}

output networkId string = network.id
output appSubnetId string = network::appSubnet.id
output endpointsSubnetId string = network::endpointsSubnet.id
