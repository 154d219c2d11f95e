"""The words of quotas."""
