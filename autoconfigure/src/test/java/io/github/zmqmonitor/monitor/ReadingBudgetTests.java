package io.github.zmqmonitor.monitor;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.support.ReadingBudget;
import io.github.zmqmonitor.internal.support.ReadingBudget.Reading;
import io.github.zmqmonitor.model.ZmqEndpointSnapshot;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of looks at sockets that take too long, by a clock that goes too fast.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReadingBudgetTests {

	private final AtomicLong now = new AtomicLong();

	private final MonitorClock clock = new MonitorClock(this.now::get, System::currentTimeMillis);

	private final ReadingBudget budget = new ReadingBudget(Duration.ofMillis(500), this.clock);

	private final ReadingBudget.Breaker breaker = this.budget.breaker(Reading.QUEUES, "pub-1");

	@Test
	void nothingIsSuspendedWithinTheBudget() {
		for (int i = 0; i < 10; i++) {
			look(Duration.ofMillis(500));
		}
		assertThat(isAllowed()).isTrue();
		assertThat(this.budget.suspended(Reading.QUEUES)).isZero();
	}

	@Test
	void aLongLookNowAndThenIsTolerated() {
		for (int i = 0; i < 10; i++) {
			look(Duration.ofSeconds(5));
			look(Duration.ofSeconds(5));
			look(Duration.ofMillis(1));
		}
		assertThat(this.budget.suspended(Reading.QUEUES)).isZero();
	}

	@Test
	void longLooksInARowAreSuspendedForLongerAndLonger() {
		look(Duration.ofSeconds(1));
		look(Duration.ofSeconds(1));
		assertThat(isAllowed()).isTrue();
		look(Duration.ofSeconds(1));
		for (long seconds : new long[] { 10, 20, 40, 80, 160, 320, 600, 600 }) {
			assertThat(isAllowed()).isFalse();
			pass(Duration.ofSeconds(seconds).minusNanos(1));
			assertThat(isAllowed()).isFalse();
			pass(Duration.ofNanos(1));
			assertThat(isAllowed()).isTrue();
			look(Duration.ofSeconds(1));
		}
		assertThat(this.budget.suspended(Reading.QUEUES)).isEqualTo(9);
		assertThat(this.budget.suspended(Reading.CONNECTIONS)).isZero();
	}

	@Test
	void aShortLookEndsTheSuspension() {
		for (int i = 0; i < 3; i++) {
			look(Duration.ofSeconds(1));
		}
		pass(Duration.ofSeconds(10));
		look(Duration.ofMillis(1));
		look(Duration.ofSeconds(1));
		assertThat(isAllowed()).isTrue();
		look(Duration.ofSeconds(1));
		look(Duration.ofSeconds(1));
		pass(Duration.ofSeconds(10));
		assertThat(isAllowed()).isTrue();
	}

	@Test
	void theSuspensionIsReportedOnce(CapturedOutput output) {
		this.budget.report();
		assertThat(output).doesNotContain("reading-budget");
		for (int i = 0; i < 3; i++) {
			look(Duration.ofSeconds(1));
		}
		this.budget.report();
		pass(Duration.ofSeconds(10));
		look(Duration.ofSeconds(1));
		this.budget.report();
		assertThat(output).containsOnlyOnce(
				"To read the queues of pub-1 took 1000 ms, more than zmq.monitor.reading-budget (500 ms)");
	}

	@Test
	void whatIsSuspendedIsAbsentAndComesBack(CapturedOutput output) {
		AtomicLong step = new AtomicLong();
		try (ServedContext context = new ServedContext(MonitorFixture
			.monitor(new MonitorClock(() -> this.now.addAndGet(step.get()), System::currentTimeMillis)))) {
			Supplier<ZmqSocketSnapshot> server = () -> {
				pass(Duration.ofMillis(300));
				return context.monitor.snapshot("server").sockets().get(0);
			};
			await().untilAsserted(() -> assertThat(server.get().endpoints().get(0).peers()).singleElement()
				.satisfies((peer) -> assertThat(peer.type()).isEqualTo("PUSH")));
			await().untilAsserted(() -> assertThat(server.get().messages()).isNotNull());
			step.set(Duration.ofSeconds(1).toNanos());
			await().untilAsserted(() -> {
				server.get();
				assertThat(context.monitor.statistics().connectionReadingsSuspended()).isPositive();
				assertThat(context.monitor.statistics().queueReadingsSuspended()).isPositive();
			});
			step.set(0);
			ZmqSocketSnapshot suspended = server.get();
			assertThat(suspended.messages()).isNull();
			assertThat(suspended.queues()).isNull();
			assertThat(suspended.endpoints().get(0).connections()).isEqualTo(1);
			assertThat(suspended.endpoints().get(0).peers()).singleElement()
				.satisfies((peer) -> assertThat(peer.type()).isNull());
			assertThat(output).containsOnlyOnce("zmq.monitor.reading-budget");
			pass(Duration.ofMinutes(10));
			ZmqSocketSnapshot again = server.get();
			assertThat(again.messages()).isNotNull();
			assertThat(again.endpoints().get(0).peers().get(0).type()).isEqualTo("PUSH");
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void whatTheKernelKnowsIsAbsentWhileThatIsSuspended() {
		AtomicLong step = new AtomicLong();
		MonitorClock clock = new MonitorClock(() -> this.now.addAndGet(step.get()), System::currentTimeMillis);
		ZmqMonitorSettings settings = new ZmqMonitorSettings(100, Duration.ofMinutes(10), 64, Duration.ofSeconds(2),
				1024, true, ZmqMonitorSettings.Naming.CALLER, Duration.ofMillis(1), ZmqMonitorSettings.Kernel.DEFAULTS);
		try (ServedContext context = new ServedContext(new ZmqMonitor(settings, clock))) {
			Supplier<ZmqEndpointSnapshot> server = () -> {
				pass(Duration.ofMillis(300));
				return context.monitor.snapshot("server").sockets().get(0).endpoints().get(0);
			};
			await().untilAsserted(() -> {
				assertThat(server.get().stalled()).isZero();
				assertThat(server.get().peers().get(0).tcp()).isNotNull();
			});
			step.set(Duration.ofMillis(2).toNanos());
			await().untilAsserted(() -> {
				server.get();
				assertThat(context.monitor.statistics().kernelReadingsSuspended()).isPositive();
			});
			step.set(0);
			ZmqEndpointSnapshot suspended = server.get();
			assertThat(suspended.stalled()).isNull();
			assertThat(suspended.peers()).singleElement().satisfies((peer) -> assertThat(peer.tcp()).isNull());
			pass(Duration.ofMinutes(10));
			assertThat(server.get().stalled()).isZero();
		}
	}

	private void look(Duration duration) {
		long begin = this.now.get();
		pass(duration);
		this.breaker.ended(begin);
	}

	private void pass(Duration duration) {
		this.now.addAndGet(duration.toNanos());
	}

	private boolean isAllowed() {
		return this.breaker.allows(this.now.get());
	}

	/**
	 * A server with one client.
	 */
	private static final class ServedContext implements AutoCloseable {

		private final ZmqMonitor monitor;

		private final ZContext plain = new ZContext();

		private ServedContext(ZmqMonitor monitor) {
			this.monitor = monitor;
			ZContext context = monitor.monitor("test", this.plain);
			ZMQ.Socket server = monitor.monitor("server", context.createSocket(SocketType.PULL));
			server.setHandshakeIvl(5000);
			server.bind("tcp://127.0.0.1:*");
			ZMQ.Socket client = monitor.monitor("client", context.createSocket(SocketType.PUSH));
			client.setReconnectIVL(50);
			client.setHandshakeIvl(5000);
			client.connect(server.getLastEndpoint());
		}

		@Override
		public void close() {
			this.plain.close();
			this.monitor.close();
		}

	}

}
