//! Decisions in, other suggestions out.
