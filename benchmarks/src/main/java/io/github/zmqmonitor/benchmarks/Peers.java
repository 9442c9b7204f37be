package io.github.zmqmonitor.benchmarks;

import java.util.concurrent.TimeUnit;

import org.zeromq.ZMQ;

/**
 * Two sockets that are connected, in a context of their own, and a thread that serves.
 */
final class Peers implements AutoCloseable {

	static final String[] TRANSPORTS = { "inproc", "tcp", "ipc" };

	static final int[] SIZES = { 16, 1024, 65536 };

	private static final long WARM_UP = TimeUnit.MILLISECONDS.toNanos(60);

	private static final int PATIENCE = 2000;

	private static final int BATCH = 16;

	private static int count;

	private final ObservedContext context;

	private final Exchange exchange;

	private final byte[] message;

	private final ZMQ.Socket server;

	private final ZMQ.Socket client;

	private final Thread thread;

	private volatile boolean stopped;

	private Peers(Observation observation, Exchange exchange, String transport, int size) {
		this.context = new ObservedContext(observation);
		this.exchange = exchange;
		this.message = new byte[size];
		this.server = this.context.socket(exchange.serverType());
		this.client = this.context.socket(exchange.clientType());
		this.server.setSendTimeOut(PATIENCE / 100);
		this.server.setReceiveTimeOut(PATIENCE / 100);
		this.client.setReceiveTimeOut(PATIENCE);
		String endpoint = bind(transport);
		this.client.connect(endpoint);
		this.thread = new Thread(() -> exchange.serve(this), "server");
		this.thread.setDaemon(true);
		this.thread.start();
		exchange.begin(this, this.message);
	}

	private String bind(String transport) {
		if (transport.equals("tcp")) {
			this.server.bind("tcp://127.0.0.1:*");
			return this.server.getLastEndpoint();
		}
		while (true) {
			String endpoint = transport + "://benchmark-" + ProcessHandle.current().pid() + "-" + count++;
			try {
				this.server.bind(endpoint);
				return endpoint;
			}
			catch (RuntimeException ex) {
				// JeroMQ makes a port of an ipc name, and that one is taken
			}
		}
	}

	/**
	 * Measure something with two peers that have warmed up; once more if a handshake
	 * stands still, as happens in JeroMQ now and then.
	 */
	static <T> T with(Observation observation, Exchange exchange, String transport, int size, Measurement<T> task)
			throws Exception {
		while (true) {
			try (Peers peers = new Peers(observation, exchange, transport, size)) {
				peers.rate(WARM_UP);
				return task.measure(peers);
			}
			catch (StalledException ex) {
				System.err.println("once more: " + ex);
			}
		}
	}

	ObservedContext context() {
		return this.context;
	}

	ZMQ.Socket client() {
		return this.client;
	}

	void push() {
		while (!this.stopped) {
			this.server.send(this.message);
		}
	}

	void reply() {
		while (!this.stopped) {
			byte[] part = this.server.recv();
			while (part != null) {
				boolean more = this.server.hasReceiveMore();
				this.server.send(part, more ? ZMQ.SNDMORE : 0);
				part = more ? this.server.recv() : null;
			}
		}
	}

	/**
	 * Exchange messages for a while.
	 * @return how many a second
	 */
	double rate(long nanoseconds) {
		long begin = System.nanoTime();
		long now = begin;
		long messages = 0;
		while (now - begin < nanoseconds) {
			for (int i = 0; i < BATCH; i++) {
				this.exchange.next(this, this.message);
			}
			messages += BATCH;
			now = System.nanoTime();
		}
		return messages * 1e9 / (now - begin);
	}

	/**
	 * Exchange messages one by one.
	 * @return the nanoseconds of each
	 */
	double[] times(int messages) {
		double[] times = new double[messages];
		for (int i = 0; i < messages; i++) {
			long begin = System.nanoTime();
			this.exchange.next(this, this.message);
			times[i] = System.nanoTime() - begin;
		}
		return times;
	}

	@Override
	public void close() {
		this.stopped = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.context.close();
	}

	/**
	 * Measures with two peers.
	 *
	 * @param <T> the type of the result
	 */
	interface Measurement<T> {

		T measure(Peers peers) throws Exception;

	}

	/**
	 * No message has come for a long time.
	 */
	static final class StalledException extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}
