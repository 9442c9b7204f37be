package io.github.zmqmonitor.internal.state;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqmonitor.internal.rules.SocketIdentity;
import io.github.zmqmonitor.internal.rules.SocketRules;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.history.Attempts;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot.RetryReason;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqOrigin;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Why an endpoint retries, and whether the library has given it up, with a clock that is
 * set by hand.
 */
class RetryingTests {

	private static final String ADDRESS = "tcp://127.0.0.1:5555";

	private static final Object OWNER = new Object();

	private static final Object ATTEMPT = new Object();

	private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

	private final ZmqMonitor monitor = MonitorFixture
		.monitor(new MonitorClock(this.nanos::get, () -> this.nanos.get() / 1_000_000));

	private final SocketTracker tracker = this.monitor.registry()
		.track(new SocketIdentity("dealer-1", 1, "DEALER", null, ZmqOrigin.JVM, SocketRules.READY), "socket");

	@BeforeEach
	void connect() {
		EndpointTracker endpoint = this.tracker.calls().connectStarted(ADDRESS);
		this.tracker.calls().owned(endpoint, OWNER);
		this.tracker.calls().connectEnded(endpoint, ADDRESS);
	}

	@AfterEach
	void close() {
		this.monitor.close();
	}

	@Test
	void anAttemptThatIsClosedAtOnceWasRefused() {
		attempt(5);
		assertReason(RetryReason.REFUSED);
	}

	@Test
	void anAttemptThatTakesLongGotNoAnswer() {
		attempt(127_000);
		assertReason(RetryReason.NO_ANSWER);
	}

	@Test
	void anAttemptThatNeverBeganFailedHere() {
		record(ZmqEventType.CLOSED, 0, ATTEMPT);
		retry();
		assertReason(RetryReason.LOCAL_ERROR);
	}

	@Test
	void whereNoAttemptIsReportedTheReasonIsNotKnown() {
		retry();
		assertReason(null);
	}

	@ParameterizedTest
	@EnumSource(names = { "REFUSED", "NO_ROUTE", "UNRESOLVED", "LOCAL_ERROR" })
	void whatTheLibrarySaysIsTheReason(RetryReason reason) {
		this.tracker.reports().attemptFailed(OWNER, reason);
		record(ZmqEventType.CLOSED, 0, ATTEMPT);
		retry();
		assertReason(reason);
	}

	@Test
	void aRefusalThatIsNoticedLateIsOneAllTheSame() {
		record(ZmqEventType.CONNECT_DELAYED, 0, null);
		pass(3000);
		this.tracker.reports().attemptFailed(OWNER, RetryReason.REFUSED);
		record(ZmqEventType.CLOSED, 0, ATTEMPT);
		retry();
		assertReason(RetryReason.REFUSED);
	}

	@Test
	void aConnectionThatWasReadyIsLost() {
		record(ZmqEventType.CONNECTED, 0, ATTEMPT);
		record(ZmqEventType.HANDSHAKE_PROTOCOL, 3, ATTEMPT);
		record(ZmqEventType.HANDSHAKE_SUCCEEDED, 0, ATTEMPT);
		record(ZmqEventType.DISCONNECTED, 0, ATTEMPT);
		retry();
		assertReason(RetryReason.CONNECTION_LOST);
		attempt(1);
		assertReason(RetryReason.REFUSED);
	}

	@Test
	void aConnectionThatWasNeverReadyEndedInItsHandshake() {
		record(ZmqEventType.CONNECTED, 0, ATTEMPT);
		record(ZmqEventType.DISCONNECTED, 0, ATTEMPT);
		retry();
		assertReason(RetryReason.HANDSHAKE);
	}

	@Test
	void thereIsNoReasonWithoutARetry() {
		attempt(1);
		record(ZmqEventType.CONNECTED, 0, ATTEMPT);
		record(ZmqEventType.HANDSHAKE_PROTOCOL, 3, ATTEMPT);
		record(ZmqEventType.HANDSHAKE_SUCCEEDED, 0, ATTEMPT);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.CONNECTED);
		assertReason(null);
	}

	@Test
	void silenceIsNoEndWhileTheLibraryTries() {
		loseAndWait();
		confirm(true);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.DISCONNECTED);
	}

	@Test
	void silenceIsAnEndIfTheLibraryDoesNotTry() {
		loseAndWait();
		confirm(false);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.ABANDONED);
	}

	@Test
	void whatWasSeenBeforeALossSaysNothingAboutIt() {
		confirm(true);
		pass(1);
		loseAndWait();
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.ABANDONED);
	}

	@Test
	void whatTheLibraryDoesNotTryForLongIsGivenUpWithoutAnEvent() {
		attempt(1);
		confirm(false);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.RETRYING);
		pass(60_000);
		confirm(false);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.ABANDONED);
		record(ZmqEventType.CONNECT_DELAYED, 0, null);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.RETRYING);
	}

	@Test
	void anEndpointThatHasNotBegunYetIsNotGivenUp() {
		confirm(false);
		pass(60_000);
		confirm(false);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.CONNECTING);
	}

	@Test
	void aConnectionThatComesAfterADisconnectIsNotThatOfTheNextConnect() {
		record(ZmqEventType.CONNECT_DELAYED, 0, null);
		this.tracker.calls().endedLocally(ADDRESS, true);
		record(ZmqEventType.CONNECTED, 0, ATTEMPT);
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.CLOSED);
		connect();
		assertThat(endpoint().state()).isEqualTo(ZmqEndpointState.CONNECTING);
	}

	private void loseAndWait() {
		record(ZmqEventType.CONNECTED, 0, ATTEMPT);
		record(ZmqEventType.HANDSHAKE_PROTOCOL, 3, ATTEMPT);
		record(ZmqEventType.DISCONNECTED, 0, ATTEMPT);
		pass(60_000);
		assertThat(this.tracker.reports().isInDoubt()).isTrue();
	}

	private void confirm(boolean trying) {
		this.tracker.reports()
			.confirmAttempts(Map.of(OWNER, new Attempts(trying, false, null)), Map.of(), this.nanos.get());
	}

	private void attempt(long millis) {
		record(ZmqEventType.CONNECT_DELAYED, 0, null);
		pass(millis);
		record(ZmqEventType.CLOSED, 0, ATTEMPT);
		retry();
	}

	private void retry() {
		record(ZmqEventType.CONNECT_RETRIED, 100, null);
	}

	private void record(ZmqEventType type, int number, Object channel) {
		this.tracker.record(type.code(), ADDRESS, number, channel, OWNER);
	}

	private void pass(long millis) {
		this.nanos.addAndGet(millis * 1_000_000);
	}

	private void assertReason(RetryReason reason) {
		assertThat(endpoint().retryReason()).isEqualTo(reason);
	}

	private ZmqEndpointSnapshot endpoint() {
		return this.tracker.endpoints().get(0);
	}

}
