from hypothesis import HealthCheck, settings

# A slow machine is no fault of the code's.
settings.register_profile("corpus", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("corpus")
