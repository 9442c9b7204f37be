package io.github.zmqmonitor.monitor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.ProvokesErrors;
import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.internal.totals.AggregateListener;
import io.github.zmqmonitor.internal.totals.EndpointAggregate;
import io.github.zmqmonitor.internal.totals.EndpointDurations;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Code of the application that throws or blocks: messages flow on, and the I/O thread
 * lives.
 */
class HarmlessTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture(
			new ZmqMonitorSettings(100, ZmqMonitorSettings.DEFAULTS.retainClosed(), 64,
					ZmqMonitorSettings.DEFAULTS.abandonedAfter(), 4, true, ZmqMonitorSettings.DEFAULTS.naming(),
					ZmqMonitorSettings.DEFAULTS.readingBudget(), ZmqMonitorSettings.Kernel.DEFAULTS));

	@Test
	@ProvokesErrors
	void aListenerThatThrowsIsCounted() {
		this.fixture.monitor().addListener((event) -> {
			throw new StackOverflowError("listener");
		});
		assertMessagesFlow();
		await().until(() -> this.fixture.monitor().statistics().listenerErrors() > 0);
	}

	@Test
	@ProvokesErrors
	void anErrorInAListenerEndsNoDelivery() {
		List<ZmqSocketEvent> delivered = new CopyOnWriteArrayList<>();
		this.fixture.monitor().addListener((event) -> {
			throw new NoClassDefFoundError("listener");
		});
		this.fixture.monitor().addListener(delivered::add);
		for (int i = 0; i < 3; i++) {
			int expected = i;
			this.fixture.bound(SocketType.ROUTER, "server" + i);
			await().until(() -> delivered.size() > expected);
		}
		assertThat(this.fixture.monitor().statistics().listenerErrors()).isGreaterThanOrEqualTo(3);
	}

	@Test
	void aListenerThatBlocksLosesEventsAndNothingElse() {
		CountDownLatch release = new CountDownLatch(1);
		this.fixture.monitor().addListener((event) -> awaitUninterruptibly(release));
		for (int i = 0; i < 5; i++) {
			assertMessagesFlow();
		}
		await().until(() -> this.fixture.monitor().statistics().droppedFromListeners() > 0);
		release.countDown();
	}

	@Test
	@ProvokesErrors
	void aHookThatThrowsIsCounted() {
		needsBeans();
		ZMQ.Socket server = this.fixture.socket(SocketType.ROUTER, "server");
		server.setEventHook((event) -> {
			throw new IllegalStateException("hook");
		}, ZMQ.EVENT_ALL);
		server.bind("tcp://127.0.0.1:*");
		assertMessagesFlow(server);
		await().until(() -> this.fixture.monitor().statistics().listenerErrors() > 1);
		assertThat(this.fixture.endpoint("server").accepted()).isEqualTo(1);
	}

	@Test
	void aHookThatBlocksDelaysNoMessage() {
		needsBeans();
		CountDownLatch release = new CountDownLatch(1);
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		server.setEventHook((event) -> awaitUninterruptibly(release), ZMQ.EVENT_ALL);
		assertMessagesFlow(server);
		assertMessagesFlow();
		release.countDown();
	}

	@Test
	@ProvokesErrors
	void aGroupListenerThatThrowsIsCounted() {
		this.fixture.monitor().registry().endpoints().addListener(new AggregateListener<>() {

			@Override
			public void added(EndpointAggregate group) {
				throw new IllegalStateException("added");
			}

			@Override
			public void removed(EndpointAggregate group) {
			}

		});
		assertMessagesFlow();
		assertThat(this.fixture.monitor().statistics().instrumentationErrors()).isPositive();
	}

	@Test
	@ProvokesErrors
	void timingsThatThrowAreCounted() {
		List<EndpointAggregate> aggregates = new CopyOnWriteArrayList<>();
		this.fixture.monitor().registry().endpoints().addListener(new AggregateListener<>() {

			@Override
			public void added(EndpointAggregate group) {
				aggregates.add(group);
				group.addDurations(new EndpointDurations() {

					@Override
					public void connected(boolean initial, long nanoseconds) {
						throw new AssertionError("connected");
					}

					@Override
					public void closed(long nanoseconds) {
						throw new AssertionError("closed");
					}

				});
			}

			@Override
			public void removed(EndpointAggregate group) {
			}

		});
		try {
			assertMessagesFlow();
			MonitorFixture.await().untilAsserted(() -> {
				aggregates.forEach(EndpointAggregate::totals);
				assertThat(this.fixture.monitor().statistics().instrumentationErrors()).isPositive();
			});
		}
		finally {
			this.fixture.tolerateEventErrors();
		}
	}

	private static void needsBeans() {
		Assumptions.assumeFalse(Ways.isAuto(),
				"skipped: by changed classes JeroMQ calls the application's hooks itself");
	}

	private void assertMessagesFlow() {
		assertMessagesFlow(this.fixture.bound(SocketType.ROUTER, "another"));
	}

	private void assertMessagesFlow(ZMQ.Socket server) {
		ZMQ.Socket client = this.fixture.socket(SocketType.DEALER, "sender");
		client.connect(server.getLastEndpoint());
		client.send("hello");
		server.setReceiveTimeOut(60_000);
		assertThat(server.recv()).isNotNull();
		assertThat(server.recvStr()).isEqualTo("hello");
		client.close();
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			// for longer than anybody waits for a message
			latch.await(2, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
