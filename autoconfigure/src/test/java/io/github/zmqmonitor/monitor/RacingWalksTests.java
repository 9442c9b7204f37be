package io.github.zmqmonitor.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.internal.support.MonitorErrors;
import io.github.zmqmonitor.internal.totals.AggregateListener;
import io.github.zmqmonitor.internal.totals.EndpointAggregate;
import io.github.zmqmonitor.internal.state.EndpointTotals;
import io.github.zmqmonitor.internal.totals.SocketAggregate;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything is read while other threads open and close it: contexts, sockets, listeners
 * and connections. No reading fails or hangs, and the numbers are right in the end.
 */
class RacingWalksTests {

	private static final Duration LENGTH = Duration
		.ofSeconds(Ways.isAuto() ? Integer.getInteger("zmqmonitor.race-seconds", 10) : 10);

	private static final int WRITERS = 3;

	private static final int READERS = 2;

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	private final List<EndpointAggregate> endpoints = new CopyOnWriteArrayList<>();

	private final List<SocketAggregate> sockets = new CopyOnWriteArrayList<>();

	private final ConcurrentLinkedQueue<String> addresses = new ConcurrentLinkedQueue<>();

	private final AtomicLong sent = new AtomicLong();

	private final AtomicLong received = new AtomicLong();

	private final AtomicLong readings = new AtomicLong();

	private volatile boolean over;

	@Test
	void readingWhileEverythingChangesIsHarmlessAndEndsWithTheRightTotals() throws Exception {
		long errors = MonitorErrors.total();
		ZmqMonitor monitor = this.fixture.monitor();
		monitor.registry().endpoints().addListener(collecting(this.endpoints));
		monitor.registry().totals().addListener(collecting(this.sockets));
		ExecutorService threads = Executors.newFixedThreadPool(WRITERS + READERS);
		try {
			List<Future<?>> running = new ArrayList<>();
			for (int i = 0; i < WRITERS; i++) {
				Random random = new Random(i);
				running.add(threads.submit(endless(() -> useContext(random))));
			}
			for (int i = 0; i < READERS; i++) {
				running.add(threads.submit(endless(this::read)));
			}
			long end = System.nanoTime() + LENGTH.toNanos();
			while (System.nanoTime() - end < 0 && running.stream().noneMatch(Future::isDone)) {
				TimeUnit.MILLISECONDS.sleep(50);
			}
			this.over = true;
			for (Future<?> thread : running) {
				thread.get(MonitorFixture.LIMIT.toSeconds(), TimeUnit.SECONDS);
			}
		}
		finally {
			this.over = true;
			threads.shutdownNow();
		}
		await().untilAsserted(() -> assertThat(this.fixture.sockets()).isEmpty());
		await().untilAsserted(this::assertTotals);
		assertThat(this.readings.get()).isPositive();
		assertThat(MonitorErrors.total()).isEqualTo(errors);
	}

	private Callable<?> endless(Callable<?> step) {
		return () -> {
			while (!this.over) {
				step.call();
			}
			return null;
		};
	}

	private Void read() {
		for (ZmqSocketSnapshot socket : this.fixture.sockets()) {
			socket.endpoints().forEach(MonitorFixture::assertBalanced);
			this.fixture.monitor()
				.snapshot(socket.id())
				.sockets()
				.forEach((detail) -> detail.endpoints().forEach(MonitorFixture::assertBalanced));
		}
		for (EndpointAggregate endpoint : this.endpoints) {
			assertThat(live(endpoint.totals())).isNotNegative();
		}
		this.sockets.forEach(SocketAggregate::totals);
		this.readings.incrementAndGet();
		return null;
	}

	private Void useContext(Random random) {
		ZMonitored context = new ZMonitored(this.fixture.monitor(), random.nextInt(2) + 1);
		try {
			for (int i = 0; i < 60 && !this.over; i++) {
				step(context, random);
			}
			if (random.nextBoolean()) {
				context.sockets.forEach(ZMQ.Socket::close);
			}
		}
		finally {
			context.close();
		}
		return null;
	}

	/**
	 * One step of an application: with each socket it sends or receives, so that every
	 * message is one that the test has counted.
	 */
	private void step(ZMonitored context, Random random) {
		List<ZMQ.Socket> sockets = context.sockets;
		if (sockets.size() < 2 || random.nextInt(6) == 0) {
			ZMQ.Socket socket = context.socket(random.nextBoolean() ? SocketType.DEALER : SocketType.PAIR);
			bind(socket);
			return;
		}
		ZMQ.Socket socket = sockets.get(random.nextInt(sockets.size()));
		switch (random.nextInt(8)) {
			case 0 -> bind(socket);
			case 1, 2 -> {
				String address = this.addresses.poll();
				if (address != null) {
					this.addresses.add(address);
					socket.connect(address);
					context.connected.add(address);
				}
			}
			case 3 -> {
				if (!context.connected.isEmpty()) {
					socket.disconnect(context.connected.get(random.nextInt(context.connected.size())));
				}
			}
			case 4 -> socket.unbind(socket.getLastEndpoint());
			case 5 -> {
				sockets.remove(socket);
				socket.close();
			}
			default -> talk(socket);
		}
	}

	private void bind(ZMQ.Socket socket) {
		socket.bind("tcp://127.0.0.1:*");
		this.addresses.add(socket.getLastEndpoint());
		if (this.addresses.size() > 10) {
			this.addresses.poll();
		}
	}

	private void talk(ZMQ.Socket socket) {
		for (int i = 0; i < 5; i++) {
			if (socket.send("hello", ZMQ.DONTWAIT)) {
				this.sent.incrementAndGet();
			}
			if (socket.recv(ZMQ.DONTWAIT) != null) {
				this.received.incrementAndGet();
			}
		}
	}

	private void assertTotals() {
		assertThat(this.endpoints).isNotEmpty();
		for (EndpointAggregate endpoint : this.endpoints) {
			EndpointTotals totals = endpoint.totals();
			assertThat(live(totals)).as(endpoint.key().toString()).isZero();
			assertThat(totals.ready).as(endpoint.key().toString()).isZero();
			assertThat(totals.handshaking).as(endpoint.key().toString()).isZero();
		}
		if (Ways.isAuto()) {
			assertThat(this.sockets.stream().mapToLong((socket) -> socket.totals().sent).sum())
				.isEqualTo(this.sent.get());
			assertThat(this.sockets.stream().mapToLong((socket) -> socket.totals().received).sum())
				.isEqualTo(this.received.get())
				.isPositive();
		}
	}

	private static long live(EndpointTotals totals) {
		return totals.opened - totals.disconnected - totals.closedLocally;
	}

	private static <T> AggregateListener<T> collecting(List<T> aggregates) {
		return new AggregateListener<>() {

			@Override
			public void added(T aggregate) {
				aggregates.add(aggregate);
			}

			@Override
			public void removed(T aggregate) {
				// its totals stay
			}

		};
	}

	/**
	 * A context of one thread, with what it has.
	 */
	private static final class ZMonitored {

		private final List<ZMQ.Socket> sockets = new ArrayList<>();

		private final List<String> connected = new ArrayList<>();

		private final ZContext context;

		ZMonitored(ZmqMonitor monitor, int threads) {
			this.context = monitor.monitor("racing", new ZContext(threads));
		}

		ZMQ.Socket socket(SocketType type) {
			ZMQ.Socket socket = this.context.createSocket(type);
			socket.setLinger(0);
			socket.setReconnectIVL(20);
			socket.setHandshakeIvl(500);
			this.sockets.add(socket);
			return socket;
		}

		void close() {
			this.context.close();
		}

	}

}
