package io.github.zmqmonitor.internal.instrument;

import java.util.List;

import org.springframework.asm.Opcodes;

import static io.github.zmqmonitor.internal.instrument.MethodEdit.atEntry;
import static io.github.zmqmonitor.internal.instrument.MethodEdit.beforeCall;
import static io.github.zmqmonitor.internal.instrument.MethodEdit.beforeRead;
import static io.github.zmqmonitor.internal.instrument.MethodEdit.inBranch;
import static io.github.zmqmonitor.internal.instrument.MethodEdit.onJump;
import static io.github.zmqmonitor.internal.instrument.MethodEdit.relyUponCode;

/**
 * What is changed in JeroMQ 0.6 to count the messages that it drops: only branches that a
 * message takes when it is dropped, and ends of pipes.
 */
final class DropClasses {

	private static final String PIPE = "zmq/pipe/Pipe";

	private static final String DISTRIBUTOR = "zmq/socket/pubsub/Dist";

	private static final String BALANCER = "zmq/socket/LB";

	private static final String ROUTER = "zmq/socket/reqrep/Router";

	private static final String STREAM = "zmq/socket/Stream";

	private static final String DECODER = "zmq/io/coder/Decoder";

	private static final String PIPE_TYPE = "L" + PIPE + ";";

	private static final String WRITE = PIPE + ".write(Lzmq/Msg;)Z";

	private static final String SOCKET_TYPE = "Lzmq/SocketBase;";

	private static final String MESSAGE = "zmq/Msg";

	private static final String SEND = "xsend(L" + MESSAGE + ";)Z";

	private static final String ONE_PIPE = "(" + PIPE_TYPE + ")V";

	private static final String PIPE_IF = "(" + PIPE_TYPE + "Z)V";

	private static final String TERMINATED = "xpipeTerminated" + ONE_PIPE;

	private static final String SIZE_READY = "sizeReady(J)Lzmq/io/coder/IDecoder$Step$Result;";

	private DropClasses() {
	}

	/**
	 * Return the changes, in the order in which the classes have to be defined, after all
	 * of {@link JeromqClasses}. A class without edits is only looked at.
	 */
	static List<ClassChange> all() {
		return List.of(distributor(), balancer(), router(), stream(), decoder(),
				new ClassChange(PIPE).method("checkHwm()Z"),
				new ClassChange("zmq/util/Errno").field("local", "Ljava/lang/ThreadLocal;"));
	}

	/**
	 * Return the changes that only an agent can make. A class that is defined without one
	 * is verified at once, and to verify the socket, or the pipe, loads the other: both
	 * extend a class that knows both.
	 */
	static List<ClassChange> whileLoading() {
		String hiccup = "processHiccup(Lzmq/pipe/YPipeBase;)V";
		return List.of(new ClassChange(PIPE).edit(relyUponCode(hiccup, -1463569485))
			.edit(atEntry(hiccup, new ProbeCall(PIPE).self().invoke(DropProbe.class, "hiccuped", ONE_PIPE))));
	}

	private static ClassChange distributor() {
		String match = "match" + ONE_PIPE;
		String write = "write(" + PIPE_TYPE + "Lzmq/Msg;)Z";
		String terminated = "terminated" + ONE_PIPE;
		return new ClassChange(DISTRIBUTOR).field("more", "Z")
			.edit(relyUponCode(match, -1397971543))
			.edit(inBranch(match, "eligible", Opcodes.IF_ICMPLT,
					new ProbeCall(DISTRIBUTOR).local(1).invoke(DropProbe.class, "unmatched", ONE_PIPE)))
			.edit(relyUponCode(write, 243574145))
			.edit(inBranch(write, WRITE, Opcodes.IFNE,
					new ProbeCall(DISTRIBUTOR).local(1).invoke(DropProbe.class, "refused", ONE_PIPE)))
			.edit(relyUponCode(terminated, -1846975459))
			.edit(inBranch(terminated, "matching", Opcodes.IF_ICMPGE,
					new ProbeCall(DISTRIBUTOR).local(1).field("more", "Z").invoke(DropProbe.class, "cutIf", PIPE_IF)));
	}

	private static ClassChange balancer() {
		String terminated = "terminated" + ONE_PIPE;
		return new ClassChange(BALANCER).edit(relyUponCode(terminated, 791439985))
			.edit(inBranch(terminated, "more", Opcodes.IFEQ,
					new ProbeCall(BALANCER).local(1).invoke(DropProbe.class, "cut", ONE_PIPE)));
	}

	private static ClassChange router() {
		return new ClassChange(ROUTER).field("currentOut", PIPE_TYPE)
			.field("mandatory", "Z")
			.edit(relyUponCode(SEND, 1247010732))
			.edit(inBranch(SEND, PIPE + ".checkWrite()Z", Opcodes.IFNE,
					new ProbeCall(ROUTER).field("currentOut", PIPE_TYPE)
						.field("mandatory", "Z")
						.invoke(DropProbe.class, "refusedUnless", PIPE_IF)))
			.edit(beforeRead(SEND, 2, "mandatory", 2,
					new ProbeCall(ROUTER).self()
						.local(2)
						.field("mandatory", "Z")
						.invoke(DropProbe.class, "unroutableUnless", "(" + SOCKET_TYPE + "Lzmq/util/Blob;Z)V")))
			.edit(inBranch(SEND, WRITE, Opcodes.IFNE,
					new ProbeCall(ROUTER).field("currentOut", PIPE_TYPE).invoke(DropProbe.class, "refused", ONE_PIPE)))
			.edit(relyUponCode(TERMINATED, -544054490))
			.edit(inBranch(TERMINATED, "currentOut", Opcodes.IF_ACMPNE,
					new ProbeCall(ROUTER).local(1).invoke(DropProbe.class, "cut", ONE_PIPE)));
	}

	private static ClassChange stream() {
		return new ClassChange(STREAM).field("currentOut", PIPE_TYPE)
			.edit(relyUponCode(SEND, 537131029))
			.edit(inBranch(SEND, PIPE + ".checkWrite()Z", Opcodes.IFNE,
					new ProbeCall(STREAM).self()
						.field("currentOut", PIPE_TYPE)
						.invoke(DropProbe.class, "streamRefuses", "(" + SOCKET_TYPE + PIPE_TYPE + ")V")))
			.edit(beforeRead(SEND, 2, "errno", 2, streamCall("streamKnowsNobody")))
			.edit(onJump(SEND, "currentOut", Opcodes.IFNULL, 2, new Object[] { STREAM, MESSAGE },
					streamCall("streamDrops")))
			.edit(onJump(SEND, WRITE, Opcodes.IFEQ, 1, new Object[] { STREAM, MESSAGE, Opcodes.INTEGER },
					new ProbeCall(STREAM).field("currentOut", PIPE_TYPE).invoke(DropProbe.class, "refused", ONE_PIPE)))
			.edit(relyUponCode(TERMINATED, -907798705))
			.edit(inBranch(TERMINATED, "currentOut", Opcodes.IF_ACMPNE, streamCall("streamEnds")));
	}

	private static ProbeCall streamCall(String probe) {
		return new ProbeCall(STREAM).self().invoke(DropProbe.class, probe, "(" + SOCKET_TYPE + ")V");
	}

	private static ClassChange decoder() {
		return new ClassChange(DECODER).edit(relyUponCode(SIZE_READY, -633168138))
			.edit(beforeCall(SIZE_READY, 2, DECODER + ".errno(I)V",
					new ProbeCall(DECODER).invoke(DropProbe.class, "tooLarge", "()V")));
	}

}
