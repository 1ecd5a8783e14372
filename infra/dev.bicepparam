using 'main.bicep'

param environmentName = 'dev'
param tenant = 'development'
param queueTenant = 'development'
