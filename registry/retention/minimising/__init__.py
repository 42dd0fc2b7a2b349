"""What the school in view keeps beyond need: past its day, unchecked, unanswered, or about people who left (UK GDPR Article 5(1)(c) and (e))."""
