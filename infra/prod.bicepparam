using 'main.bicep'

param environmentName = 'prod'
param tenant = readEnvironmentVariable('DRUGRESPONSE_TENANT', 'production')
param alertEmail = readEnvironmentVariable('DRUGRESPONSE_ALERT_EMAIL', '')
param privateNetwork = true
