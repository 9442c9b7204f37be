package io.github.zmqmonitor.internal.kernel;

import java.time.Duration;

import io.github.zmqmonitor.internal.kernel.KernelConnection.Timer;
import io.github.zmqmonitor.model.ZmqPeerSnapshot.StallReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is judged to stand still, and who is not.
 */
class JudgementTests {

	private static final long NOW = Duration.ofMinutes(5).toNanos();

	private final Connection connection = new Connection();

	@Test
	void anIdleConnectionIsNotJudged() {
		this.connection.timer = Timer.WINDOW_PROBE;
		this.connection.sentMillis = 100_000;
		this.connection.answeredMillis = 100_000;
		assertThat(judge(null).reason()).isNull();
		this.connection.unacknowledged = 1;
		assertThat(judge(null).reason()).isNotNull();
	}

	@Test
	void aWindowThatWasClosedForAMomentIsNotJudged() {
		this.connection.unacknowledged = 1;
		this.connection.timer = Timer.WINDOW_PROBE;
		this.connection.sentMillis = 999;
		assertThat(judge(null).reason()).isNull();
		this.connection.sentMillis = 1500;
		Judgement judgement = judge(null);
		assertThat(judgement.reason()).isEqualTo(StallReason.PEER_NOT_READING);
		assertThat(judgement.since()).isEqualTo(NOW - Duration.ofMillis(1500).toNanos());
	}

	@Test
	void aPeerWhoseKernelRefusesWhatIsSentAgainDoesNotRead() {
		this.connection.unacknowledged = 1;
		this.connection.timer = Timer.RETRANSMIT;
		this.connection.retransmits = 3;
		this.connection.backoff = 2;
		this.connection.window = 0;
		this.connection.sentMillis = 300;
		this.connection.answeredMillis = 300;
		assertThat(judge(null).reason()).isEqualTo(StallReason.PEER_NOT_READING);
		this.connection.window = -1;
		assertThat(judge(null).reason()).isNull();
	}

	@Test
	void whatIsNotAnsweredForASecondAndSentAgainIsUnreachable() {
		this.connection.unacknowledged = 1;
		this.connection.timer = Timer.RETRANSMIT;
		this.connection.retransmits = 1;
		this.connection.answeredMillis = 5000;
		assertThat(judge(null).reason()).isNull();
		this.connection.retransmits = 2;
		Judgement judgement = judge(null);
		assertThat(judgement.reason()).isEqualTo(StallReason.UNREACHABLE);
		assertThat(judgement.since()).isEqualTo(NOW - Duration.ofSeconds(5).toNanos());
		this.connection.answeredMillis = 999;
		assertThat(judge(null).reason()).isNull();
	}

	@Test
	void aClosedWindowWhoseProbesAreNotAnsweredIsUnreachable() {
		this.connection.unacknowledged = 1;
		this.connection.timer = Timer.WINDOW_PROBE;
		this.connection.sentMillis = 9000;
		this.connection.answeredMillis = 3000;
		this.connection.probes = 1;
		assertThat(judge(null).reason()).isEqualTo(StallReason.PEER_NOT_READING);
		this.connection.probes = 2;
		assertThat(judge(null).reason()).isEqualTo(StallReason.UNREACHABLE);
		this.connection.listed = true;
		assertThat(judge(null).reason()).isEqualTo(StallReason.UNREACHABLE);
	}

	@Test
	void theBeginStaysWhileTheReasonDoes() {
		this.connection.unacknowledged = 1;
		this.connection.timer = Timer.RETRANSMIT;
		this.connection.retransmits = 4;
		this.connection.answeredMillis = 5000;
		Judgement first = judge(null);
		this.connection.answeredMillis = 1000;
		assertThat(judge(first).since()).isEqualTo(first.since());
		this.connection.answeredMillis = 20_000;
		assertThat(judge(first).since()).isLessThan(first.since());
		this.connection.retransmits = 0;
		assertThat(judge(first).reason()).isNull();
	}

	@Test
	void inTheTablesALongTimeToTheNextProbeIsJudgedUntilItsEnd() {
		this.connection.listed = true;
		this.connection.unacknowledged = 1;
		this.connection.timer = Timer.WINDOW_PROBE;
		this.connection.timerMillis = 800;
		assertThat(judge(null).reason()).isNull();
		this.connection.timerMillis = 1590;
		Judgement first = judge(null);
		assertThat(first.reason()).isEqualTo(StallReason.PEER_NOT_READING);
		this.connection.timerMillis = 90;
		assertThat(judge(first, NOW + Duration.ofMillis(1500).toNanos()).reason())
			.isEqualTo(StallReason.PEER_NOT_READING);
		assertThat(judge(null, NOW + Duration.ofMillis(1500).toNanos()).reason()).isNull();
	}

	@Test
	void inTheTablesAWindowIsJudgedOnceItWasClosedForASecond() {
		this.connection.listed = true;
		this.connection.unacknowledged = 1;
		this.connection.timer = Timer.WINDOW_PROBE;
		this.connection.timerMillis = 810;
		Judgement closed = judge(null);
		assertThat(closed.reason()).isNull();
		this.connection.timerMillis = 420;
		Judgement earlier = judge(closed, NOW + Duration.ofMillis(390).toNanos());
		assertThat(earlier.reason()).isNull();
		this.connection.timerMillis = 390;
		Judgement judged = judge(earlier, NOW + Duration.ofMillis(420).toNanos());
		assertThat(judged.reason()).isEqualTo(StallReason.PEER_NOT_READING);
		assertThat(judged.since()).isEqualTo(NOW - Duration.ofMillis(600).toNanos());
		assertThat(judge(null, NOW + Duration.ofMillis(420).toNanos()).reason()).isNull();
		this.connection.timerMillis = 250;
		assertThat(judge(closed, NOW + Duration.ofMillis(800).toNanos()).reason()).isNull();
	}

	@Test
	void inTheTablesATimerThatBeginsAnewIsNoLongerJudged() {
		this.connection.listed = true;
		this.connection.unacknowledged = 1;
		this.connection.timer = Timer.WINDOW_PROBE;
		this.connection.timerMillis = 1590;
		Judgement first = judge(null);
		this.connection.timerMillis = 190;
		assertThat(judge(first, NOW + Duration.ofMillis(700).toNanos()).reason()).isNull();
	}

	@Test
	void inTheTablesThreeRetransmitsAreJudged() {
		this.connection.listed = true;
		this.connection.unacknowledged = 1;
		this.connection.timer = Timer.RETRANSMIT;
		this.connection.retransmits = 2;
		assertThat(judge(null).reason()).isNull();
		this.connection.retransmits = 3;
		assertThat(judge(null).reason()).isEqualTo(StallReason.UNREACHABLE);
	}

	private Judgement judge(@Nullable Judgement before) {
		return judge(before, NOW);
	}

	private Judgement judge(@Nullable Judgement before, long now) {
		return Judgement.of(this.connection.build(), before, now);
	}

	private static final class Connection {

		private Timer timer = Timer.NONE;

		private long timerMillis;

		private int retransmits;

		private int probes;

		private long unacknowledged;

		private int backoff;

		private long sentMillis;

		private long answeredMillis;

		private long window = 1000;

		private boolean listed;

		private KernelConnection build() {
			return new KernelConnection(1, false, this.timer, this.timerMillis, 200, this.retransmits, this.probes,
					this.unacknowledged, 0, this.listed ? null : new TcpInfo(0, 0, 0, 0, 0, 0, this.backoff,
							this.sentMillis, this.answeredMillis, this.window));
		}

	}

}
