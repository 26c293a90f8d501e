"""CloudWatch: the metrics that services send by themselves, metric math, and alarms.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/working_with_metrics.html
"""
