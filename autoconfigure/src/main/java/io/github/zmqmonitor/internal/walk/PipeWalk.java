package io.github.zmqmonitor.internal.walk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import zmq.Own;
import zmq.SocketBase;
import zmq.io.SessionBase;
import zmq.pipe.Pipe;

/**
 * One walk over the pipes of a socket: those that it has taken up, those that wait in its
 * mailbox, and those of its sessions. A command leaves the mailbox before its pipe is
 * taken up: so the mailbox is read first.
 */
final class PipeWalk {

	private final PipeFields fields;

	private final SocketBase socket;

	private final Set<Object> pipes = Collections.newSetFromMap(new IdentityHashMap<>());

	private PipeWalk(PipeFields fields, SocketBase socket) {
		this.fields = fields;
		this.socket = socket;
	}

	/**
	 * The pipes that a socket has taken up or will, one that it just takes up twice. Can
	 * throw while they change.
	 */
	static List<Pipe> own(PipeFields fields, SocketBase socket) {
		List<Pipe> pipes = new ArrayList<>();
		MailboxFields mailbox = MailboxFields.INSTANCE;
		if (mailbox != null) {
			mailbox.addPipes(socket, pipes);
		}
		fields.addPipes(socket, pipes);
		return pipes;
	}

	/**
	 * The same, once each, with those that only a session knows yet. Can throw while they
	 * change.
	 */
	static Object[] all(PipeFields fields, SocketBase socket) {
		PipeWalk walk = new PipeWalk(fields, socket);
		walk.pipes.addAll(own(fields, socket));
		walk.addSessions();
		return walk.pipes.toArray();
	}

	private void addSessions() {
		EndpointFields endpoints = EndpointFields.INSTANCE;
		if (endpoints != null) {
			for (Map.Entry<?, ?> entry : endpoints.endpoints(this.socket)) {
				addSessions(endpoints, endpoints.owner(entry.getKey()));
			}
		}
	}

	private void addSessions(EndpointFields endpoints, Own owner) {
		if (owner instanceof SessionBase session) {
			addPipe(session);
			return;
		}
		for (Object owned : endpoints.owned(owner)) {
			if (owned instanceof SessionBase session) {
				addPipe(session);
			}
		}
	}

	private void addPipe(SessionBase session) {
		Pipe pipe = this.fields.socketSide(session);
		if (pipe != null) {
			this.pipes.add(pipe);
		}
	}

}
