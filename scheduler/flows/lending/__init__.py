"""One organisation lends hours to another: proposed, agreed by both boards, counted for both."""
