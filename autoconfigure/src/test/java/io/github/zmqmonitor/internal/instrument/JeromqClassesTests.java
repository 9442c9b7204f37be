package io.github.zmqmonitor.internal.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.zmqmonitor.internal.instrument.ClassChange.UnexpectedClassException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.FieldVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JeromqClassesTests {

	private static final String PROBES = "io/github/zmqmonitor/";

	static List<ClassChange> changes() {
		return Stream.of(JeromqClasses.all(), DropClasses.all(), DropClasses.whileLoading())
			.flatMap(List::stream)
			.toList();
	}

	@ParameterizedTest
	@MethodSource("changes")
	void onlyTheMethodsThatAreNamedAreChanged(ClassChange change) throws Exception {
		Map<String, List<String>> original = Instructions.of(classFile(change.name()));
		Map<String, List<String>> changed = Instructions.of(change.apply(classFile(change.name())));
		assertThat(changed.keySet()).isEqualTo(original.keySet());
		Set<String> different = new TreeSet<>();
		original.forEach((method, instructions) -> {
			if (!instructions.equals(changed.get(method))) {
				different.add(method);
			}
		});
		assertThat(different).isEqualTo(change.changedMethods());
	}

	@Test
	void nothingIsChangedThatAMessagePasses() {
		Set<String> methods = new TreeSet<>();
		for (ClassChange change : JeromqClasses.all()) {
			change.changedMethods()
				.forEach((it) -> methods.add(change.name().substring(change.name().lastIndexOf('/') + 1) + "."
						+ it.replaceAll("\\(.*", "")));
		}
		assertThat(methods).containsExactlyInAnyOrder("Ctx.createSocket", "Ctx.terminate", "SocketBase.addEndpoint",
				"SocketBase.bind", "SocketBase.close", "SocketBase.connect", "SocketBase.connectPeer",
				"SocketBase.destroy", "SocketBase.event", "SocketBase.monitor", "SocketBase.pipeTerminated",
				"SocketBase.termEndpoint", "StreamEngine.error", "StreamEngine.handshake",
				"StreamEngine.mechanismReady", "StreamEngine.nextHandshakeCommand", "StreamEngine.plug",
				"StreamEngine.processHandshakeCommand", "StreamEngine.terminate", "StreamEngine.zapMsgAvailable",
				"TcpConnecter.addReconnectTimer", "TcpConnecter.close", "TcpConnecter.connect",
				"TcpConnecter.connectEvent", "TcpConnecter.open", "TcpConnecter.startConnecting",
				"TcpListener.acceptEvent", "TcpListener.close", "TcpListener.setAddress");
	}

	@Test
	void onlyMethodsThatDropMessagesAreChangedToCountThem() {
		Set<String> methods = new TreeSet<>();
		for (ClassChange change : Stream.concat(DropClasses.all().stream(), DropClasses.whileLoading().stream())
			.toList()) {
			change.changedMethods()
				.forEach((it) -> methods.add(change.name().substring(change.name().lastIndexOf('/') + 1) + "."
						+ it.replaceAll("\\(.*", "")));
		}
		assertThat(methods).containsExactlyInAnyOrder("Decoder.sizeReady", "Dist.match", "Dist.terminated",
				"Dist.write", "LB.terminated", "Pipe.processHiccup", "Router.xpipeTerminated", "Router.xsend",
				"Stream.xpipeTerminated", "Stream.xsend");
	}

	/**
	 * Nothing but calls is inserted, and what leads to a call is the condition of a drop,
	 * which all other messages jump over.
	 */
	@ParameterizedTest
	@CsvSource({ "zmq/socket/pubsub/Dist, match(Lzmq/pipe/Pipe;)V, IF_ICMPLT of eligible",
			"zmq/socket/pubsub/Dist, write(Lzmq/pipe/Pipe;Lzmq/Msg;)Z, IFNE of Pipe.write",
			"zmq/socket/reqrep/Router, xsend(Lzmq/Msg;)Z, IFNE of Pipe.checkWrite; to IFNULL; IFNE of Pipe.write",
			"zmq/io/coder/Decoder, sizeReady(J)Lzmq/io/coder/IDecoder$Step$Result;, IFLE of LCMP; IFLE of LCMP" })
	void aMessageThatIsNotDroppedPassesNothingNew(String name, String method, String guards) throws Exception {
		ClassChange change = changes().stream().filter((it) -> it.name().equals(name)).findAny().orElseThrow();
		List<String> original = Instructions.of(classFile(name)).get(method);
		List<String> changed = new ArrayList<>(Instructions.of(change.apply(classFile(name))).get(method));
		assertThat(String.join("; ", removeProbes(original, changed))).isEqualTo(guards);
		assertThat(changed).isEqualTo(original);
	}

	/**
	 * Where a jump leaves out what is done with a message that is sent, it leads over a
	 * call behind the code.
	 */
	@Test
	void aMessageOfAStreamThatIsNotDroppedPassesNothingNew() throws Exception {
		String method = "xsend(Lzmq/Msg;)Z";
		ClassChange change = changes().stream().filter((it) -> it.name().endsWith("Stream")).findAny().orElseThrow();
		List<String> original = Instructions.of(classFile(change.name())).get(method);
		List<String> changed = Instructions.of(change.apply(classFile(change.name()))).get(method);
		int end = changed.lastIndexOf(Opcodes.IRETURN + " ") + 1;
		List<String> code = new ArrayList<>(changed.subList(0, end));
		assertThat(removeProbes(original, code)).containsExactly("IFNE of Pipe.checkWrite", "to IFNULL");
		assertThat(code).filteredOn((it) -> !it.startsWith("label "))
			.isEqualTo(original.stream().filter((it) -> !it.startsWith("label ")).toList());
		String dropped = original.stream()
			.filter((it) -> it.startsWith(Opcodes.IFNULL + " "))
			.reduce((first, second) -> second)
			.orElseThrow()
			.replace(Opcodes.IFNULL + " ", "label ");
		String refused = original.stream()
			.filter((it) -> it.startsWith(Opcodes.IFEQ + " "))
			.reduce((first, second) -> second)
			.orElseThrow()
			.replace(Opcodes.IFEQ + " ", "label ");
		assertThat(code).doesNotContain(dropped, refused);
		assertThat(changed.subList(end, changed.size())).map((it) -> it.replaceAll("^(184 ).*\\.(\\w+)\\(.*", "$1$2"))
			.map((it) -> it.replaceAll("^167 .*", "167"))
			.containsExactly(dropped, "25 0", "184 streamDrops", "167", refused, "25 0",
					"180 zmq/socket/Stream.currentOutLzmq/pipe/Pipe;", "184 refused", "167");
	}

	/**
	 * Remove the calls of probes from changed code, with their arguments.
	 * @return the condition of each
	 */
	private static List<String> removeProbes(List<String> original, List<String> changed) {
		List<String> found = new ArrayList<>();
		for (int i = 0; i < changed.size(); i++) {
			if (changed.get(i).contains("DropProbe")) {
				found.add(guard(changed, i));
				int arguments = arguments(original, changed, i);
				changed.subList(i - arguments, i + 1).clear();
				i -= arguments + 1;
			}
		}
		return found;
	}

	/**
	 * How many instructions before a call are inserted: those without the original
	 * differs.
	 */
	private static int arguments(List<String> original, List<String> changed, int call) {
		int arguments = 0;
		while (!original.subList(0, call - arguments + 1)
			.equals(Stream.concat(changed.subList(0, call - arguments).stream(), Stream.of(changed.get(call + 1)))
				.toList())) {
			arguments++;
		}
		return arguments;
	}

	/** The condition before a call, with what it depends on. */
	private static String guard(List<String> code, int call) {
		int i = call;
		while (!code.get(i).startsWith("label ") && !isJump(code.get(i))) {
			i--;
		}
		if (isJump(code.get(i))) {
			String tested = code.subList(0, i)
				.stream()
				.filter((it) -> it.matches("(182|180|148) .*"))
				.reduce((first, second) -> second)
				.orElseThrow();
			return jump(code.get(i)) + " of "
					+ (tested.startsWith("148") ? "LCMP" : tested.replaceAll("^182 .*/(\\w+\\.\\w+)\\(.*", "$1")
						.replaceAll("^180 .*\\.(\\w+)\\p{Upper}$", "$1"));
		}
		String label = code.get(i).substring("label ".length());
		// nothing but the jump leads to it
		assertThat(code.get(i - 1)).startsWith(Opcodes.IRETURN + " ");
		return code.stream()
			.filter((it) -> isJump(it) && it.endsWith(" " + label))
			.map((it) -> "to " + jump(it))
			.collect(Collectors.joining(","));
	}

	private static boolean isJump(String instruction) {
		return instruction.matches("(15[3-9]|16[0-6]|19[89]) .*");
	}

	private static String jump(String instruction) {
		return switch (Integer.parseInt(instruction.substring(0, 3))) {
			case Opcodes.IFNE -> "IFNE";
			case Opcodes.IFLE -> "IFLE";
			case Opcodes.IFNULL -> "IFNULL";
			case Opcodes.IF_ICMPLT -> "IF_ICMPLT";
			default -> instruction;
		};
	}

	@ParameterizedTest
	@MethodSource("changes")
	void everyProbeThatIsCalledExists(ClassChange change) throws Exception {
		Set<String> probes = new TreeSet<>();
		for (Class<?> probe : List.of(SocketProbe.class, EngineProbe.class, ConnectProbe.class, DropProbe.class)) {
			for (Method method : probe.getMethods()) {
				if (Modifier.isStatic(method.getModifiers())) {
					probes.add(Type.getInternalName(probe) + "." + method.getName() + Type.getMethodDescriptor(method));
				}
			}
		}
		Instructions.of(change.apply(classFile(change.name())))
			.values()
			.stream()
			.flatMap(List::stream)
			.filter((it) -> it.startsWith(Opcodes.INVOKESTATIC + " " + PROBES))
			.forEach((it) -> assertThat(probes).contains(it.substring(it.indexOf(' ') + 1)));
	}

	@ParameterizedTest
	@MethodSource("changes")
	void aClassThatLacksAnythingIsRefused(ClassChange change) throws Exception {
		byte[] original = classFile(change.name());
		change.apply(original);
		for (String method : change.changedMethods()) {
			assertThatExceptionOfType(UnexpectedClassException.class).as(method)
				.isThrownBy(() -> change.apply(without(original, method)))
				.withMessageContaining(change.name());
		}
		for (String needed : change.needed()) {
			String member = needed.replace("public ", "").replace(" ", "");
			assertThatExceptionOfType(UnexpectedClassException.class).as(needed)
				.isThrownBy(() -> change.apply(without(original, member)))
				.withMessageContaining(change.name());
		}
	}

	@Test
	void aMethodThatCallsSomethingElseIsRefused() throws Exception {
		ClassChange change = changes().stream()
			.filter((it) -> it.name().endsWith("TcpConnecter"))
			.findAny()
			.orElseThrow();
		byte[] original = classFile(change.name());
		byte[] other = visit(original, (writer) -> new ClassVisitor(Opcodes.ASM9, writer) {

			@Override
			public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				return new MethodVisitor(Opcodes.ASM9,
						super.visitMethod(access, name, descriptor, signature, exceptions)) {

					@Override
					public void visitMethodInsn(int opcode, String owner, String called, String type,
							boolean isInterface) {
						super.visitMethodInsn(opcode, owner, called.replace("eventConnectRetried", "eventRetry"), type,
								isInterface);
					}

				};
			}

		});
		assertThatExceptionOfType(UnexpectedClassException.class).isThrownBy(() -> change.apply(other))
			.withMessage("zmq/io/net/tcp/TcpConnecter.addReconnectTimer()V has 0 of 1 expected places");
	}

	private static byte[] without(byte[] original, String member) {
		return visit(original, (writer) -> new ClassVisitor(Opcodes.ASM9, writer) {

			@Override
			public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
				return super.visitField(access, member.equals(name + descriptor) ? name + "Other" : name, descriptor,
						signature, value);
			}

			@Override
			public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				return super.visitMethod(access, member.equals(name + descriptor) ? name + "Other" : name, descriptor,
						signature, exceptions);
			}

		});
	}

	private static byte[] visit(byte[] original, Function<ClassWriter, ClassVisitor> visitor) {
		ClassWriter writer = new ClassWriter(0);
		new ClassReader(original).accept(visitor.apply(writer), 0);
		return writer.toByteArray();
	}

	static byte[] classFile(String name) throws IOException {
		try (InputStream stream = JeromqClassesTests.class.getResourceAsStream("/" + name + ".class")) {
			return stream.readAllBytes();
		}
	}

}
