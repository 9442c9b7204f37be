package io.github.zmqmonitor.internal.walk;

import java.util.Collections;
import java.util.IdentityHashMap;
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

	PipeWalk(PipeFields fields, SocketBase socket) {
		this.fields = fields;
		this.socket = socket;
	}

	/**
	 * The pipes that the socket has taken up or will. Can throw while they change.
	 */
	Set<Object> own() {
		MailboxFields mailbox = MailboxFields.INSTANCE;
		if (mailbox != null) {
			mailbox.addPipes(this.socket, this.pipes);
		}
		for (Object pipe : this.fields.pipes(this.socket)) {
			if (pipe != null) {
				this.pipes.add(pipe);
			}
		}
		return this.pipes;
	}

	/**
	 * The same with those that only a session knows yet. Can throw while they change.
	 */
	Set<Object> all() {
		EndpointFields endpoints = EndpointFields.INSTANCE;
		own();
		if (endpoints != null) {
			for (Map.Entry<?, ?> entry : endpoints.endpoints(this.socket)) {
				addSessions(endpoints, endpoints.owner(entry.getKey()));
			}
		}
		return this.pipes;
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
