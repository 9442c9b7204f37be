package io.github.zmqmonitor.monitor;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.internal.support.ReadingBudget;
import io.github.zmqmonitor.internal.totals.AggregateListener;
import io.github.zmqmonitor.internal.totals.SocketAggregate;
import io.github.zmqmonitor.internal.traffic.PipeCounts;
import io.github.zmqmonitor.internal.traffic.PipeSource;
import io.github.zmqmonitor.internal.traffic.TrafficTracker;
import io.github.zmqmonitor.internal.walk.SocketWalk;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqQueueSnapshot;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZFrame;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;
import zmq.pipe.Pipe;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages and queues against what was really sent and received.
 */
class TrafficTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@Test
	void onlyWhereEachPipeIsReportedAreMessagesNoLowerBound() {
		this.fixture.socket(SocketType.PULL, "sink");
		assertThat(this.fixture.only("sink").messages().lowerBound()).isEqualTo(Ways.isAuto() ? null : Boolean.TRUE);
	}

	@Test
	void ofASocketThatIsFoundLateThereCanHaveBeenMoreMessages() {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket sink = context.createSocket(SocketType.PULL);
			try (ZmqMonitor later = new ZmqMonitor()) {
				later.monitor("late", sink);
				assertThat(later.snapshot("late").sockets()).singleElement()
					.satisfies((socket) -> assertThat(socket.messages().lowerBound()).isTrue());
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ipc", "inproc" })
	void everyWayOfSendingCountsWholeMessages(String transport) {
		ZMQ.Socket sink = this.fixture.socket(SocketType.PULL, "sink");
		ZMQ.Socket source = this.fixture.socket(SocketType.PUSH, "source");
		source.connect(bind(sink, transport));
		source.send("text");
		source.send(new byte[3]);
		ByteBuffer buffer = ByteBuffer.allocateDirect(10);
		source.sendByteBuffer(buffer, 0);
		source.sendMore("part one");
		source.send("part two");
		ZMsg message = new ZMsg();
		message.add("one");
		message.add("two");
		message.add("three");
		message.send(source);
		new ZFrame("frame").send(source, 0);
		assertThat(sink.recvStr()).isEqualTo("text");
		assertThat(sink.recv()).hasSize(3);
		assertThat(sink.recv()).hasSize(10);
		assertThat(ZMsg.recvMsg(sink)).hasSize(2);
		assertThat(ZMsg.recvMsg(sink)).hasSize(3);
		assertThat(ZFrame.recvFrame(sink).toString()).isEqualTo("frame");
		awaitMessages("source", 6, 0);
		awaitMessages("sink", 0, 6);
	}

	/**
	 * What waits does so before the application has ever looked at its socket, and after
	 * the peer has gone.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ipc", "inproc" })
	void whatWaitsAtASocketThatWasNeverReadIsSeen(String transport) {
		ZMQ.Socket sink = this.fixture.socket(SocketType.PULL, "sink");
		String endpoint = bind(sink, transport);
		for (int i = 1; i <= 2; i++) {
			ZMQ.Socket source = this.fixture.socket(SocketType.PUSH, "source-" + i);
			source.setLinger(-1);
			source.connect(endpoint);
			for (int j = 0; j < 25; j++) {
				source.send("message");
			}
			long sent = 25 * i;
			await().untilAsserted(() -> assertThat(traffic("sink").queues().received().size()).isEqualTo(sent));
			source.close();
		}
		if (!"inproc".equals(transport)) {
			// there the ends of one pipe wait for each other
			await().untilAsserted(() -> assertThat(this.fixture.sockets()).hasSize(1));
		}
		for (int i = 0; i < 5; i++) {
			assertThat(traffic("sink").queues().received().size()).isEqualTo(50);
		}
		for (int i = 0; i < 50; i++) {
			assertThat(sink.recvStr()).isEqualTo("message");
		}
		awaitMessages("sink", 0, 50);
		await().untilAsserted(() -> assertThat(traffic("sink").queues().received().size()).isZero());
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ipc", "inproc" })
	void requestsAndRepliesAreCountedOnBothSides(String transport) {
		ZMQ.Socket server = this.fixture.socket(SocketType.REP, "server");
		ZMQ.Socket client = this.fixture.socket(SocketType.REQ, "client");
		client.connect(bind(server, transport));
		for (int i = 0; i < 20; i++) {
			client.send("question");
			assertThat(server.recvStr()).isEqualTo("question");
			server.send("answer");
			assertThat(client.recvStr()).isEqualTo("answer");
		}
		awaitMessages("client", 20, 20);
		awaitMessages("server", 20, 20);
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ipc", "inproc" })
	void routersAndDealersAreCounted(String transport) {
		ZMQ.Socket router = this.fixture.socket(SocketType.ROUTER, "router");
		ZMQ.Socket dealer = this.fixture.socket(SocketType.DEALER, "dealer");
		dealer.connect(bind(router, transport));
		for (int i = 0; i < 20; i++) {
			dealer.send("question");
			ZMsg.recvMsg(router).send(router);
			assertThat(dealer.recvStr()).isEqualTo("question");
		}
		awaitMessages("dealer", 20, 20);
		awaitMessages("router", 20, 20);
	}

	@Test
	void aPublisherCountsAMessageForEachSubscriber() {
		ZMQ.Socket publisher = this.fixture.bound(SocketType.XPUB, "publisher");
		publisher.setXpubVerbose(true);
		List<ZMQ.Socket> subscribers = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			ZMQ.Socket subscriber = this.fixture.socket(SocketType.SUB, "subscriber-" + i);
			subscriber.subscribe("");
			subscriber.connect(publisher.getLastEndpoint());
			subscribers.add(subscriber);
			publisher.recv();
		}
		for (int i = 0; i < 10; i++) {
			publisher.send("news");
		}
		for (ZMQ.Socket subscriber : subscribers) {
			for (int i = 0; i < 10; i++) {
				assertThat(subscriber.recvStr()).isEqualTo("news");
			}
		}
		await().untilAsserted(() -> assertThat(traffic("publisher").messages().sent()).isEqualTo(30));
		await().untilAsserted(() -> assertThat(traffic("subscriber-0").messages().received()).isEqualTo(10));
	}

	@Test
	void bothSidesOfAProxyAreCounted() throws Exception {
		ZMQ.Socket front = this.fixture.bound(SocketType.PULL, "front");
		ZMQ.Socket back = this.fixture.bound(SocketType.PUSH, "back");
		String frontEndpoint = front.getLastEndpoint();
		String backEndpoint = back.getLastEndpoint();
		ZMQ.Socket control = this.fixture.socket(SocketType.PAIR, "control");
		control.bind("inproc://control");
		ZMQ.Socket steering = this.fixture.socket(SocketType.PAIR, "steering");
		steering.connect("inproc://control");
		Thread proxy = new Thread(() -> ZMQ.proxy(front, back, null, control));
		proxy.start();
		ZMQ.Socket source = this.fixture.socket(SocketType.PUSH, "source");
		source.connect(frontEndpoint);
		ZMQ.Socket sink = this.fixture.socket(SocketType.PULL, "sink");
		sink.connect(backEndpoint);
		for (int i = 0; i < 50; i++) {
			source.send("through");
			assertThat(sink.recvStr()).isEqualTo("through");
		}
		awaitMessages("front", 0, 50);
		awaitMessages("back", 50, 0);
		steering.send(ZMQ.PROXY_TERMINATE);
		proxy.join(MonitorFixture.LIMIT.toMillis());
		assertThat(proxy.isAlive()).isFalse();
	}

	@Test
	void aQueueAtItsHighWaterMarkIsFull() {
		ZMQ.Socket source = this.fixture.socket(SocketType.PUSH, "source");
		source.setSndHWM(10);
		source.setSendTimeOut(0);
		source.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		int sent = 0;
		while (source.send("into the queue")) {
			sent++;
		}
		assertThat(sent).isEqualTo(10);
		await().untilAsserted(() -> {
			ZmqQueueSnapshot queue = traffic("source").queues().sent();
			assertThat(queue.size()).isEqualTo(10);
			assertThat(queue.limit()).isEqualTo(10);
			assertThat(queue.utilization()).isEqualTo(1.0);
			assertThat(queue.full()).isEqualTo(1);
		});
		assertThat(this.fixture.only("source").fullestPipes()).singleElement()
			.satisfies((pipe) -> assertThat(pipe.sent().full()).isEqualTo(1));
		assertThat(traffic("source").lastActivity()).isNotNull();
	}

	@Test
	void withoutAHighWaterMarkNothingIsFull() {
		ZMQ.Socket source = this.fixture.socket(SocketType.PUSH, "source");
		source.setSndHWM(0);
		source.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		for (int i = 0; i < 5000; i++) {
			source.send("into the queue");
		}
		await().untilAsserted(() -> assertThat(traffic("source").queues().sent().size()).isEqualTo(5000));
		assertThat(traffic("source").queues().sent().limit()).isNull();
		assertThat(traffic("source").queues().sent().utilization()).isNull();
		assertThat(traffic("source").queues().sent().full()).isZero();
	}

	@Test
	void aThousandShortLivedSocketsAreCountedExactly() {
		List<SocketAggregate> groups = new ArrayList<>();
		this.fixture.monitor().registry().totals().addListener(new AggregateListener<>() {

			@Override
			public void added(SocketAggregate group) {
				groups.add(group);
			}

			@Override
			public void removed(SocketAggregate group) {
			}

		});
		ZMQ.Socket sink = this.fixture.bound(SocketType.PULL, "sink");
		for (int i = 0; i < 1000; i++) {
			ZMQ.Socket source = this.fixture.socket(SocketType.PUSH, "request");
			source.setLinger(-1);
			source.connect(sink.getLastEndpoint());
			source.send("one");
			source.send("two");
			source.close();
			sink.recv();
			sink.recv();
		}
		SocketAggregate requests = groups.stream()
			.filter((group) -> group.key().socket().equals("request"))
			.findFirst()
			.orElseThrow();
		await().untilAsserted(() -> assertThat(requests.totals().sent).isEqualTo(2000));
	}

	@Test
	void readersDisturbNobodyWhilePipesComeAndGo() throws Exception {
		ZMQ.Socket sink = this.fixture.bound(SocketType.PULL, "sink");
		AtomicBoolean stop = new AtomicBoolean();
		AtomicReference<Throwable> failure = new AtomicReference<>();
		List<Thread> readers = new ArrayList<>();
		TrafficTracker tracker = new TrafficTracker(pipesOf(sink), hasty(), unlimited());
		for (int i = 0; i < 4; i++) {
			Thread reader = new Thread(() -> {
				long last = 0;
				while (!stop.get()) {
					try {
						tracker.sampleIfDue(0);
						long received = tracker.latest().received;
						assertThat(received).isGreaterThanOrEqualTo(last);
						last = received;
						Thread.onSpinWait();
						Thread.yield();
					}
					catch (Throwable ex) {
						failure.set(ex);
						return;
					}
				}
			});
			reader.start();
			readers.add(reader);
		}
		int messages = 0;
		try (ZContext clients = new ZContext()) {
			for (int i = 0; i < 300; i++) {
				try (ZMQ.Socket source = clients.createSocket(SocketType.PUSH)) {
					source.setLinger(-1);
					source.connect(sink.getLastEndpoint());
					for (int j = 0; j < 10; j++) {
						source.send("message");
					}
					for (int j = 0; j < 10; j++) {
						assertThat(sink.recv()).isNotNull();
						messages++;
					}
				}
			}
		}
		finally {
			stop.set(true);
			for (Thread reader : readers) {
				reader.join();
			}
		}
		assertThat(failure.get()).isNull();
		assertThat(tracker.latest().received).isPositive().isLessThanOrEqualTo(messages);
	}

	@Test
	void closingWhileSomebodyReadsIsExact() throws Exception {
		ZMQ.Socket sink = this.fixture.bound(SocketType.PULL, "sink");
		CountDownLatch reading = new CountDownLatch(1);
		CountDownLatch closed = new CountDownLatch(1);
		AtomicInteger readings = new AtomicInteger();
		MonitorClock clock = new MonitorClock(() -> {
			// the second reading of a sample happens under its lock
			if (Thread.currentThread().getName().equals("slow-reader") && readings.incrementAndGet() == 2) {
				reading.countDown();
				awaitUninterruptibly(closed);
			}
			return System.nanoTime();
		}, System::currentTimeMillis);
		try (ZContext plain = new ZContext()) {
			ZMQ.Socket source = plain.createSocket(SocketType.PUSH);
			source.setLinger(-1);
			TrafficTracker tracker = new TrafficTracker(pipesOf(source), clock, unlimited());
			Thread reader = new Thread(() -> tracker.sampleIfDue(0), "slow-reader");
			reader.start();
			reading.await();
			source.connect(sink.getLastEndpoint());
			source.send("one");
			source.send("two");
			tracker.sampleExactly();
			source.close();
			assertThat(sink.recvStr()).isEqualTo("one");
			assertThat(sink.recvStr()).isEqualTo("two");
			closed.countDown();
			reader.join();
			tracker.finish();
			assertThat(tracker.latest().sent).isEqualTo(2);
		}
	}

	@Test
	void aConnectionWhoseSocketDidNothingIsNotMissed() {
		ZMQ.Socket sink = this.fixture.bound(SocketType.PULL, "sink");
		ZMQ.Socket source = this.fixture.socket(SocketType.PUSH, "source");
		source.connect(sink.getLastEndpoint());
		// read, but the socket has not been told of the new pipe: its owner does nothing
		this.fixture.awaitConnections("sink", 1);
		await().untilAsserted(() -> assertThat(traffic("sink").queues().received().limit()).isNotNull());
		assertThat(this.fixture.monitor().statistics().pipesMissed()).isZero();
		source.close();
		this.fixture.awaitConnections("sink", 0);
		assertThat(this.fixture.monitor().statistics().pipesMissed()).isZero();
	}

	@Test
	void aQueueIsAsFullAsWhatWaitsUnlessItsSenderMeetsItFull() {
		assertThat(new PipeCounts.Queue(0, 60, 100)).satisfies((queue) -> {
			assertThat(queue.utilization()).isZero();
			assertThat(queue.isFull()).isFalse();
		});
		assertThat(new PipeCounts.Queue(60, 100, 100)).satisfies((queue) -> {
			assertThat(queue.utilization()).isEqualTo(1);
			assertThat(queue.isFull()).isTrue();
		});
	}

	@Test
	void totalsNeverFall() {
		PipeCounts.Queue queue = new PipeCounts.Queue(0, 0, 0);
		PipeCounts earlier = new PipeCounts(10, 5, queue, queue);
		PipeCounts later = new PipeCounts(7, 6, queue, queue);
		assertThat(later.notBelow(earlier).written()).isEqualTo(10);
		assertThat(later.notBelow(earlier).read()).isEqualTo(6);
	}

	/**
	 * A clock on which every moment is long after the last.
	 */
	private static ReadingBudget.Breaker unlimited() {
		return new ReadingBudget(Duration.ofDays(1), new MonitorClock()).breaker(ReadingBudget.Reading.QUEUES, "test");
	}

	private static MonitorClock hasty() {
		AtomicLong now = new AtomicLong();
		return new MonitorClock(() -> now.addAndGet(TimeUnit.SECONDS.toNanos(1)), System::currentTimeMillis);
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void switchedOffThereIsNothing() {
		ZmqMonitor monitor = new ZmqMonitor(
				new ZmqMonitorSettings(10, Duration.ofMinutes(1), 0, Duration.ofSeconds(2), 10, false,
						ZmqMonitorSettings.Naming.CALLER, Duration.ofSeconds(1), ZmqMonitorSettings.Kernel.DEFAULTS));
		try (ZContext plain = new ZContext()) {
			monitor.monitor("off", plain).createSocket(SocketType.PUB);
			assertThat(monitor.readsQueues()).isFalse();
			assertThat(monitor.snapshot().sockets().get(0).queues()).isNull();
		}
		monitor.close();
	}

	private static PipeSource pipesOf(ZMQ.Socket socket) {
		return new PipeSource() {

			@Override
			public Object[] pipes() {
				return SocketWalk.pipes(socket.base());
			}

			@Override
			public PipeCounts counts(Object pipe) {
				return SocketWalk.counts((Pipe) pipe);
			}

		};
	}

	private static String bind(ZMQ.Socket socket, String transport) {
		socket.bind(switch (transport) {
			case "tcp" -> "tcp://127.0.0.1:*";
			case "ipc" -> MonitorFixture.freeIpcEndpoint();
			default -> "inproc://traffic";
		});
		return socket.getLastEndpoint();
	}

	private void awaitMessages(String socket, long sent, long received) {
		await().untilAsserted(() -> {
			assertThat(traffic(socket).messages().sent()).isEqualTo(sent);
			assertThat(traffic(socket).messages().received()).isEqualTo(received);
		});
	}

	private ZmqSocketSnapshot traffic(String socket) {
		return this.fixture.only(socket);
	}

}
