package io.github.zmqmonitor.internal.instrument;

import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import io.github.zmqmonitor.monitor.MonitorFixture;
import org.zeromq.ZMQ;
import zmq.Own;
import zmq.SocketBase;
import zmq.io.SessionBase;
import zmq.io.StreamEngine;
import zmq.pipe.Pipe;

/**
 * Remembers all that it is told, as one list.
 */
class Recorder implements SocketObserver {

	private final List<Call> calls = new CopyOnWriteArrayList<>();

	private final JeromqInstrumentation.Registration registration = JeromqInstrumentation.observe(this);

	void stop() {
		this.registration.close();
	}

	List<Call> calls() {
		return this.calls;
	}

	List<Call> calls(ZMQ.Socket socket, String what) {
		return calls(socket.base(), what);
	}

	List<Call> calls(SocketBase socket, String what) {
		return this.calls.stream().filter((it) -> it.socket() == socket && it.what().equals(what)).toList();
	}

	List<Call> events(ZMQ.Socket socket, int code) {
		return calls(socket, "event").stream().filter((it) -> it.detail().equals(code)).toList();
	}

	/**
	 * Wait for a call and return the first one.
	 */
	Call await(ZMQ.Socket socket, String what) {
		return await(socket.base(), (it) -> it.what().equals(what));
	}

	Call awaitEvent(ZMQ.Socket socket, int code) {
		return await(socket.base(), (it) -> it.what().equals("event") && it.detail().equals(code));
	}

	Call await(SocketBase socket, Predicate<Call> condition) {
		return MonitorFixture.await()
			.until(() -> this.calls.stream()
				.filter((it) -> it.socket() == socket && condition.test(it))
				.findFirst()
				.orElse(null), (it) -> it != null);
	}

	@Override
	public void created(SocketBase socket, boolean internal) {
		add("created", socket, null, null, internal);
	}

	@Override
	public void callStarted(SocketBase socket, EndpointCall call, String endpoint) {
		add("started", socket, null, endpoint, call);
	}

	@Override
	public void callEnded(SocketBase socket, EndpointCall call, String endpoint, boolean success, int errno,
			Throwable failure) {
		add("ended", socket, null, endpoint, (failure != null) ? failure : call + " " + success + " " + errno);
	}

	@Override
	public void endpointAdded(SocketBase socket, String endpoint, Own owner, Pipe pipe) {
		add("endpointAdded", socket, owner, endpoint, pipe);
	}

	@Override
	public void sessionAccepted(SocketBase socket, Own listener, SessionBase session, SocketChannel channel) {
		this.calls.add(new Call("sessionAccepted", socket, listener, null, session, channel, Thread.currentThread()));
	}

	@Override
	public void event(SocketBase socket, int code, String address, Object argument, Own source) {
		this.calls.add(new Call("event", socket, source, address, code, argument, Thread.currentThread()));
	}

	@Override
	public void ready(SocketBase socket, SessionBase session, SocketChannel channel) {
		add("ready", socket, session, null, channel);
	}

	@Override
	public void connectionEnded(SocketBase socket, SessionBase session, SocketChannel channel,
			StreamEngine.ErrorReason reason) {
		this.calls.add(new Call("connectionEnded", socket, session, null, reason, channel, Thread.currentThread()));
	}

	@Override
	public void engineTerminated(SocketBase socket, SessionBase session, SocketChannel channel) {
		add("engineTerminated", socket, session, null, channel);
	}

	@Override
	public void pipeTerminated(SocketBase socket, Pipe pipe) {
		add("pipeTerminated", socket, null, null, pipe);
	}

	@Override
	public void closing(SocketBase socket) {
		add("closing", socket, null, null, null);
	}

	@Override
	public void destroyed(SocketBase socket) {
		add("destroyed", socket, null, null, null);
	}

	private void add(String what, SocketBase socket, Own owner, String address, Object detail) {
		this.calls.add(new Call(what, socket, owner, address, detail, null, Thread.currentThread()));
	}

	/**
	 * One call: {@code detail} is an event's code.
	 */
	record Call(String what, SocketBase socket, Own owner, String address, Object detail, Object argument,
			Thread thread) {

		@Override
		public String toString() {
			return this.what + " " + this.socket + " " + this.address + " " + this.detail + " " + this.owner + " "
					+ this.argument;
		}

	}

}
