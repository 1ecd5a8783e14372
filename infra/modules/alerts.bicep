// What somebody must look at.
param baseName string
param location string
param workspaceId string
param storageId string

@description('Address that is written to; empty: nobody.')
param email string

// The host reports messages and timers as requests too, with 0 for a status; and one item may stand for many that were left out.
var rules = [
  {
    name: 'poison-queue'
    text: 'A message could not be handled and was put into a poison queue. The table queuefailures says why.'
    severity: 1
    every: 'PT5M'
    over: 'PT5M'
    query: 'StorageQueueLogs | where OperationName == "PutMessage" and StatusCode == "201" and Uri contains "-poison/messages"'
  }
  {
    name: 'error-rate'
    text: 'More than 2 % of at least 20 requests were answered with a server error.'
    severity: 1
    every: 'PT5M'
    over: 'PT15M'
    query: '''
      AppRequests
      | where toint(ResultCode) >= 100
      | summarize total = sum(ItemCount), failed = sumif(ItemCount, toint(ResultCode) >= 500)
      | where total >= 20 and failed > 0.02 * total
    '''
  }
  {
    name: 'failed-work'
    text: 'At least 5 messages or timers ended in an error. Messages come again, so patients wait; the traces say why.'
    severity: 2
    every: 'PT5M'
    over: 'PT15M'
    query: '''
      AppRequests
      | where not(coalesce(toint(ResultCode), 0) >= 100) and Success == false
      | summarize failed = sum(ItemCount)
      | where failed >= 5
    '''
  }
  {
    name: 'latency'
    text: 'One in twenty predictions takes longer than a second.'
    severity: 2
    every: 'PT5M'
    over: 'PT15M'
    query: '''
      AppRequests
      | where Name has "PredictPatient"
      | summarize total = sum(ItemCount), p95 = percentilew(DurationMs, ItemCount, 95)
      | where total >= 20 and p95 > 1000
    '''
  }
]

resource mail 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: '${baseName}-alerts'
  location: 'global'
  properties: {
    groupShortName: 'drugresp'
    enabled: true
    emailReceivers: [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = [for rule in rules: {
  name: '${baseName}-${rule.name}'
  location: location
  properties: {
    displayName: rule.name
    description: rule.text
    severity: rule.severity
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: rule.every
    windowSize: rule.over
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    autoMitigate: true
    actions: { actionGroups: empty(email) ? [] : [mail.id] }
  }
}]

resource storageAvailability 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${baseName}-storage'
  location: 'global'
  properties: {
    description: 'Storage answered fewer than 99 % of requests.'
    severity: 1
    enabled: true
    scopes: [storageId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'availability'
          metricName: 'Availability'
          timeAggregation: 'Average'
          operator: 'LessThan'
          threshold: 99
        }
      ]
    }
    actions: empty(email) ? [] : [{ actionGroupId: mail.id }]
  }
}
