package io.github.zmqmonitor.monitor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.github.zmqmonitor.internal.support.MonitorClock;
import io.github.zmqmonitor.model.ZmqHint;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import io.github.zmqmonitor.model.ZmqSocketEventListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The names in events of sockets that are bound or connected before their bean has given
 * them its name.
 */
class EventNamesTests {

	private final AtomicLong nanos = new AtomicLong();

	private final ZmqMonitor monitor = MonitorFixture.monitor(new MonitorClock(this.nanos::get, () -> 0));

	private final ZContext plain = new ZContext();

	private final ZContext context = this.monitor.monitor("context", this.plain);

	private final Recorder recorder = new Recorder();

	@AfterEach
	void close() {
		this.plain.close();
		this.monitor.close();
	}

	@Test
	void anEventWaitsForTheNameThatTheBeanGives() {
		this.monitor.addListener(this.recorder);
		ZMQ.Socket socket = this.context.createSocket(SocketType.REP);
		socket.bind("tcp://127.0.0.1:*");
		await().until(() -> this.recorder.ticks.get() > 0);
		assertThat(this.recorder.names).isEmpty();
		this.monitor.monitor("asker", socket);
		await().untilAsserted(() -> assertThat(this.recorder.names).containsOnly("asker"));
	}

	@Test
	void anEventOfASocketThatNobodyNamesWaitsForASecond() {
		this.monitor.addListener(this.recorder);
		this.context.createSocket(SocketType.REP).bind("tcp://127.0.0.1:*");
		await().until(() -> this.recorder.ticks.get() > 0);
		assertThat(this.recorder.names).isEmpty();
		this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
		await().untilAsserted(() -> assertThat(this.recorder.names).isNotEmpty()
			.allSatisfy((name) -> assertThat(name).endsWith(".rep")));
	}

	private static final class Recorder implements ZmqSocketEventListener {

		private final List<String> names = new CopyOnWriteArrayList<>();

		private final AtomicInteger ticks = new AtomicInteger();

		@Override
		public void onEvent(ZmqSocketEvent event) {
			this.names.add(event.socketName());
		}

		@Override
		public void onTick(Supplier<List<ZmqHint>> hints) {
			this.ticks.incrementAndGet();
		}

	}

}
