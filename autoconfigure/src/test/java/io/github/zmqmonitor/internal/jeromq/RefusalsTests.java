package io.github.zmqmonitor.internal.jeromq;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;

import io.github.zmqmonitor.internal.instrument.ConnectStep;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot.RetryReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalsTests {

	@Test
	void anExceptionSaysWhyAnAttemptHasFailed() {
		assertThat(reason(new ConnectException("Connection refused"))).isEqualTo(RetryReason.REFUSED);
		assertThat(reason(new NoRouteToHostException())).isEqualTo(RetryReason.NO_ROUTE);
		assertThat(reason(new SocketException("Network is unreachable"))).isEqualTo(RetryReason.NO_ROUTE);
		assertThat(reason(new IOException("Too many open files"))).isEqualTo(RetryReason.LOCAL_ERROR);
		assertThat(Refusals.retryReason(ConnectStep.RESOLVE, new UnknownHostException()))
			.isEqualTo(RetryReason.UNRESOLVED);
	}

	@Test
	void whatCanBeARefusalOrSilenceIsNotSaid() {
		assertThat(reason(new ConnectException("Connection timed out"))).isNull();
		assertThat(reason(new ConnectException("Verbindungsaufbau abgelehnt"))).isNull();
		assertThat(reason(new ConnectException())).isNull();
	}

	private static RetryReason reason(Exception failure) {
		return Refusals.retryReason(ConnectStep.FINISH, failure);
	}

}
