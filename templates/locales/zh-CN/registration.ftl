# registration
