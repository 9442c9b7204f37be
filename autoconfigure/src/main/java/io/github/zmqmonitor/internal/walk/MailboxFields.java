package io.github.zmqmonitor.internal.walk;

import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.jspecify.annotations.Nullable;
import zmq.Command;
import zmq.IMailbox;
import zmq.Mailbox;
import zmq.SocketBase;
import zmq.pipe.Pipe;

/**
 * Commands that the thread of a socket has yet to read.
 */
final class MailboxFields {

	static final @Nullable MailboxFields INSTANCE = Capability.open("mailboxes",
			"Queues of connections that a socket has not met yet", MailboxFields::new);

	private static final int LIMIT = 100_000;

	private final VarHandle mailbox;

	private final VarHandle commands;

	private final VarHandle type;

	private final VarHandle argument;

	private MailboxFields() throws ReflectiveOperationException {
		this.mailbox = Capability.field(SocketBase.class, "mailbox", IMailbox.class);
		this.commands = Capability.field(Mailbox.class, "cpipe", Deque.class);
		this.type = Capability.field(Command.class, "type", Command.Type.class);
		this.argument = Capability.field(Command.class, "arg", Object.class);
	}

	/** Add the socket's ends of pipes that wait for its thread to take them up. */
	void addPipes(SocketBase socket, Collection<Pipe> to) {
		if (!(this.mailbox.getVolatile(socket) instanceof Mailbox mailbox)
				|| !(this.commands.getVolatile(mailbox) instanceof ConcurrentLinkedDeque<?> commands)) {
			return;
		}
		int steps = 0;
		for (Object command : commands) {
			if (steps++ == LIMIT) {
				return;
			}
			if (this.type.getVolatile(command) == Command.Type.BIND
					&& this.argument.getVolatile(command) instanceof Pipe pipe) {
				to.add(pipe);
			}
		}
	}

}
