package io.github.zmqmonitor.internal.jeromq;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.github.zmqmonitor.internal.kernel.Judgement;
import io.github.zmqmonitor.internal.kernel.KernelConnection;
import io.github.zmqmonitor.internal.kernel.TcpInfo;
import io.github.zmqmonitor.internal.kernel.TcpReading;
import io.github.zmqmonitor.internal.state.Connection;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqPeerSnapshot.Tcp;
import org.jspecify.annotations.Nullable;

/**
 * Shows what the kernel knows of a connection.
 */
final class TcpRow {

	private TcpRow() {
	}

	/**
	 * What is shown, {@code null} if nothing is known.
	 */
	static @Nullable Tcp of(Connection connection, MonitorClock clock) {
		TcpReading reading = connection.tcp();
		if (reading == null) {
			return null;
		}
		KernelConnection kernel = reading.connection();
		Judgement judgement = reading.judgement();
		TcpInfo info = kernel.info();
		return new Tcp(kernel.bytesSent(connection.isAccepted()), kernel.bytesReceived(), kernel.unacknowledged(),
				(info != null) ? (Long) info.unsent() : null, kernel.unread(),
				(info != null) ? Duration.of(info.roundTripMicros(), ChronoUnit.MICROS) : null,
				(info != null) ? Duration.of(info.variationMicros(), ChronoUnit.MICROS) : null,
				(info != null) ? (Long) info.retransmitted() : null,
				(info != null) ? Duration.ofMillis(info.answeredMillis()) : null,
				(kernel.timer() == KernelConnection.Timer.WINDOW_PROBE) ? true : null, judgement.reason(),
				(judgement.reason() != null) ? clock.instantAt(judgement.since()) : null);
	}

}
