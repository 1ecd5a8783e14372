using 'main.bicep'

param environmentName = 'prod'
param modelPublicKeys = [readEnvironmentVariable('DRUGRESPONSE_MODEL_PUBLIC_KEY', '')]
param alertEmail = readEnvironmentVariable('DRUGRESPONSE_ALERT_EMAIL', '')
param privateNetwork = true
