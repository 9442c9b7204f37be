package io.github.zmqmonitor.internal.libzmq;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.zmqmonitor.internal.jeromq.KnownContexts;
import io.github.zmqmonitor.internal.registry.SocketRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * Receives the events of libzmq sockets in other processes, which forwarders send to a
 * PULL socket, and hands them to a monitor.
 * <p>
 * The socket has a context of its own, with one I/O thread, and is used by one daemon
 * thread. An endpoint that can't be bound is tried again each second. Methods are safe
 * for use by any thread.
 */
public final class ZmqNativeReceiver implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(ZmqNativeReceiver.class);

	/** More than the longest frame of any message that is taken. */
	private static final int MAXIMUM_FRAME = 2048;

	private static final int HIGH_WATER_MARK = 100;

	private static final long MAXIMUM_MEMORY = Math.min(16 * 1024 * 1024, Runtime.getRuntime().maxMemory() / 8);

	private static final int SPARE_CONNECTIONS = 32;

	private static final int BATCH = 100;

	private static final int RECEIVE_MILLIS = 250;

	private static final int HANDSHAKE_MILLIS = 2000;

	/** What the forwarders of this project do. */
	private static final Duration HEARTBEAT = Duration.ofSeconds(5);

	private static final Duration RETRY = Duration.ofSeconds(1);

	private static final Duration SWEEP = Duration.ofSeconds(1);

	private static final Duration STOP = Duration.ofSeconds(5);

	private final SocketRegistry registry;

	private final ZmqNativeSettings settings;

	private final ZmqNativeStatistics statistics = new ZmqNativeStatistics();

	private @Nullable Run run;

	/**
	 * Create a receiver, which does nothing until it is started.
	 * @param registry what follows the sockets
	 * @param settings the settings
	 */
	public ZmqNativeReceiver(SocketRegistry registry, ZmqNativeSettings settings) {
		this.registry = registry;
		this.settings = settings;
	}

	/** Start to receive, unless that was done. */
	public synchronized void start() {
		if (this.run == null) {
			if (!ZmqNativeSettings.isLocal(this.settings.endpoint())) {
				logger.warn("Other hosts can reach " + this.settings.endpoint()
						+ ", where events of native sockets are taken "
						+ ((this.settings.password() != null) ? "from whoever knows the password" : "from anybody")
						+ ", unencrypted");
			}
			if (this.settings.sourceTimeout().compareTo(HEARTBEAT) <= 0) {
				logger.warn("Native sockets come and go: forwarders send a heartbeat every " + HEARTBEAT.toSeconds()
						+ " s, and zmq.monitor.native.source-timeout is not longer");
			}
			this.run = new Run();
			this.run.start();
		}
	}

	/**
	 * Stop to receive. All sources end, and the endpoint is free when this returns. Waits
	 * for at most five seconds.
	 */
	@Override
	public synchronized void close() {
		Run run = this.run;
		if (run != null) {
			this.run = null;
			run.stop();
		}
	}

	/**
	 * Return whether the receiver was started and not closed.
	 * @return whether it receives, or tries to
	 */
	public synchronized boolean isRunning() {
		return this.run != null;
	}

	/**
	 * Return the address that is bound.
	 * @return the address, {@code null} as long as there is none
	 */
	public synchronized @Nullable String address() {
		return (this.run != null) ? this.run.address : null;
	}

	/**
	 * Return what was refused and missed.
	 * @return the numbers, read anew with each call of them
	 */
	public ZmqNativeStatistics statistics() {
		return this.statistics;
	}

	/** From a start to a stop. */
	private final class Run implements Runnable {

		private final CountDownLatch stopping = new CountDownLatch(1);

		private final NativeSources sources = new NativeSources(ZmqNativeReceiver.this.registry,
				ZmqNativeReceiver.this.settings, ZmqNativeReceiver.this.statistics);

		private final Thread thread = new Thread(this, "zmq-monitor-native");

		private volatile @Nullable String address;

		void start() {
			this.thread.setDaemon(true);
			this.thread.start();
		}

		@Override
		public void run() {
			try (ZContext context = new ZContext()) {
				context.setLinger(0);
				// what comes out of JeroMQ where a peer's handshake is nonsense
				context.getContext().setNotificationExceptionHandler((thread, ex) -> failed(ex));
				ZMQ.Socket socket = context.createSocket(SocketType.PULL);
				KnownContexts.add(socket.base().getCtx());
				ConnectionGuard guard = configure(socket);
				PasswordCheck passwords = passwords(context, socket);
				if (bind(socket)) {
					receive(context, socket, guard, passwords);
				}
			}
			catch (Throwable ex) {
				logger.error("The receiver for native sockets has failed", ex);
			}
			finally {
				this.address = null;
				this.sources.loseAll();
			}
		}

		private void failed(Throwable ex) {
			ZmqNativeReceiver.this.statistics.reject(ZmqNativeRejection.FAILURE);
			logger.debug("A connection to the receiver for native sockets has failed", ex);
		}

		private ConnectionGuard configure(ZMQ.Socket socket) {
			socket.setMaxMsgSize(MAXIMUM_FRAME);
			socket.setRcvHWM(HIGH_WATER_MARK);
			// now and then JeroMQ's side of a handshake stands still until this has
			// passed
			socket.setHandshakeIvl(HANDSHAKE_MILLIS);
			socket.setIPv6(ZmqNativeReceiver.this.settings.endpoint().contains("["));
			// with a domain JeroMQ refuses peers that can't authenticate, even where
			// nobody
			// does: those of ZMTP 1 and 2, which a page in a browser can pretend to be
			socket.setZAPDomain("zmq-monitor");
			ConnectionGuard guard = new ConnectionGuard(socket.base(), ZmqNativeReceiver.this.statistics,
					2 * ZmqNativeReceiver.this.settings.maxSources() + SPARE_CONNECTIONS, MAXIMUM_MEMORY);
			socket.base().setEventHook(guard, ConnectionGuard.EVENTS);
			socket.setMsgAllocator(guard);
			return guard;
		}

		private @Nullable PasswordCheck passwords(ZContext context, ZMQ.Socket socket) {
			String password = ZmqNativeReceiver.this.settings.password();
			if (password == null) {
				return null;
			}
			socket.setPlainServer(true);
			return new PasswordCheck(context, password, ZmqNativeReceiver.this.statistics);
		}

		private boolean bind(ZMQ.Socket socket) throws InterruptedException {
			String endpoint = ZmqNativeReceiver.this.settings.endpoint();
			for (boolean warned = false; isGoingOn(); warned = true) {
				try {
					socket.bind(endpoint);
					this.address = socket.getLastEndpoint();
					logger.info("Events of native sockets are taken at " + this.address);
					return true;
				}
				catch (ZMQException ex) {
					if (!warned) {
						logger.warn(
								"Events of native sockets can't be taken at " + endpoint + " yet: " + ex.getMessage());
					}
				}
				this.stopping.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
			}
			return false;
		}

		private void receive(ZContext context, ZMQ.Socket socket, ConnectionGuard guard,
				@Nullable PasswordCheck passwords) {
			long sweptAt = System.nanoTime();
			try (ZMQ.Poller poller = context.createPoller(2)) {
				poller.register(socket, ZMQ.Poller.POLLIN);
				if (passwords != null) {
					poller.register(passwords.socket(), ZMQ.Poller.POLLIN);
				}
				while (isGoingOn()) {
					poller.poll(RECEIVE_MILLIS);
					if (passwords != null) {
						passwords.answer();
					}
					receive(socket, guard);
					long now = System.nanoTime();
					if (now - sweptAt >= SWEEP.toNanos()) {
						sweptAt = now;
						this.sources.sweep(now);
					}
				}
			}
		}

		private void receive(ZMQ.Socket socket, ConnectionGuard guard) {
			for (int i = 0; i < BATCH; i++) {
				List<byte[]> frames = receiveMessage(socket, guard);
				if (frames.isEmpty()) {
					return;
				}
				this.sources.take(frames, System.nanoTime());
			}
		}

		private List<byte[]> receiveMessage(ZMQ.Socket socket, ConnectionGuard guard) {
			List<byte[]> frames = new ArrayList<>(4);
			byte[] frame = socket.recv(ZMQ.DONTWAIT);
			while (frame != null) {
				guard.taken(frame);
				frames.add(frame);
				frame = socket.hasReceiveMore() ? socket.recv() : null;
			}
			return frames;
		}

		private boolean isGoingOn() {
			return this.stopping.getCount() > 0;
		}

		void stop() {
			this.stopping.countDown();
			try {
				this.thread.join(STOP.toMillis());
				if (this.thread.isAlive()) {
					logger.warn("The receiver for native sockets does not stop");
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
