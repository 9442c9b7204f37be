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
import zmq.ZError;

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

	private static final int MAXIMUM_FRAME = 64 * 1024;

	private static final int HIGH_WATER_MARK = 1000;

	private static final int RECEIVE_MILLIS = 250;

	private static final int HANDSHAKE_MILLIS = 2000;

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

	/**
	 * Start to receive, unless that was done.
	 */
	public synchronized void start() {
		if (this.run == null) {
			if (!ZmqNativeSettings.isLocal(this.settings.endpoint())) {
				logger.warn("Other hosts can reach " + this.settings.endpoint()
						+ ", where events of native sockets are taken from anybody, unencrypted");
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

	/**
	 * From a start to a stop.
	 */
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
				ZMQ.Socket socket = context.createSocket(SocketType.PULL);
				KnownContexts.add(socket.base().getCtx());
				configure(socket);
				if (bind(socket)) {
					receive(socket);
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

		private void configure(ZMQ.Socket socket) {
			socket.setMaxMsgSize(MAXIMUM_FRAME);
			socket.setRcvHWM(HIGH_WATER_MARK);
			socket.setReceiveTimeOut(RECEIVE_MILLIS);
			// now and then JeroMQ's side of a handshake stands still until this has
			// passed
			socket.setHandshakeIvl(HANDSHAKE_MILLIS);
			socket.setIPv6(ZmqNativeReceiver.this.settings.endpoint().contains("["));
			socket.base()
				.setEventHook(new OverlongFrames(socket.base(), ZmqNativeReceiver.this.statistics),
						zmq.ZMQ.ZMQ_EVENT_DISCONNECTED);
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

		private void receive(ZMQ.Socket socket) {
			long sweptAt = System.nanoTime();
			while (isGoingOn()) {
				List<byte[]> frames = receiveMessage(socket);
				long now = System.nanoTime();
				if (!frames.isEmpty()) {
					this.sources.take(frames, now);
				}
				if (now - sweptAt >= SWEEP.toNanos()) {
					sweptAt = now;
					this.sources.sweep(now);
				}
			}
		}

		/**
		 * Receive a message whole, and keep one frame more than a message can have.
		 */
		private List<byte[]> receiveMessage(ZMQ.Socket socket) {
			List<byte[]> frames = new ArrayList<>(4);
			byte[] frame = socket.recv();
			while (frame != null) {
				if (frames.size() <= MessageDecoder.MAXIMUM_FRAMES) {
					frames.add(frame);
				}
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

	/**
	 * Counts connections that JeroMQ closes for a frame beyond the limit. It says so in
	 * the errno of its I/O thread.
	 */
	private record OverlongFrames(zmq.SocketBase socket,
			ZmqNativeStatistics statistics) implements zmq.ZMQ.EventConsummer {

		@Override
		public void consume(zmq.ZMQ.Event event) {
			if (this.socket.errno.is(ZError.EMSGSIZE)) {
				this.socket.errno.set(0);
				this.statistics.reject(ZmqNativeRejection.SIZE);
			}
		}

		@Override
		public void close() {
		}

	}

}
