package io.github.zmqmonitor.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;

import io.github.zmqmonitor.model.ZmqPeerSnapshot.StallReason;
import io.github.zmqmonitor.model.ZmqPeerSnapshot.Tcp;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TcpTextTests {

	private static final Instant NOW = Instant.parse("2026-11-28T00:56:33Z");

	@Test
	void whatIsNotKnownIsNotSaid() {
		assertThat(TcpText.of(null, NOW)).isEmpty();
		assertThat(TcpText.of(new Tcp(null, null, 0, null, 0, null, null, null, null, null, null, null), NOW))
			.isEmpty();
	}

	@Test
	void netlinkTellsOfBytesAndTimes() {
		assertThat(TcpText.of(new Tcp(5_040_000L, 94L, 0, 0L, 0, Duration.ofNanos(412_000), Duration.ZERO, 3L,
				Duration.ZERO, null, null, null), NOW))
			.isEqualTo(", 5.04M bytes sent and 94 received, round trip 0.4 ms, 3 segments sent again");
	}

	@Test
	void whoStandsStillIsSaid() {
		assertThat(TcpText.of(new Tcp(null, null, 2_769_204, null, 17, null, null, null, null, true,
				StallReason.PEER_NOT_READING, NOW.minusSeconds(75)), NOW))
			.isEqualTo(", 2.77M bytes not acknowledged, 17 bytes not read here: peer not reading for 1m15s");
	}

}
