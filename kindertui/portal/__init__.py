"""What comes in and what goes out: profiles, readers, bundles, delivery. No screen."""
