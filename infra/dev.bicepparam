using 'main.bicep'

param environmentName = 'dev'
param queueTenant = 'development'
param modelPublicKeys = [readEnvironmentVariable('DRUGRESPONSE_MODEL_PUBLIC_KEY', '')]
