"""Who is calling and what they may do: tokens, sessions, passwords, rate limits, the policy and stored secrets."""
