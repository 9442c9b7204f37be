package io.github.zmqmonitor.internal.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;

/**
 * Instructions that call a probe, and nothing else: they have no branches, so that frames
 * stay valid.
 */
final class ProbeCall {

	private final String changed;

	private final List<Consumer<MethodVisitor>> instructions = new ArrayList<>();

	/**
	 * Begin a call from a class.
	 * @param changed the internal name of the class that gets the call
	 */
	ProbeCall(String changed) {
		this.changed = changed;
	}

	ProbeCall duplicate() {
		return add((visitor) -> visitor.visitInsn(Opcodes.DUP));
	}

	ProbeCall duplicateTwo() {
		return add((visitor) -> visitor.visitInsn(Opcodes.DUP2));
	}

	ProbeCall self() {
		return local(0);
	}

	ProbeCall local(int index) {
		return add((visitor) -> visitor.visitVarInsn(Opcodes.ALOAD, index));
	}

	ProbeCall number(int index) {
		return add((visitor) -> visitor.visitVarInsn(Opcodes.ILOAD, index));
	}

	ProbeCall field(String name, String descriptor) {
		return self().add((visitor) -> visitor.visitFieldInsn(Opcodes.GETFIELD, this.changed, name, descriptor));
	}

	ProbeCall constant(EndpointCall call) {
		String owner = Type.getInternalName(EndpointCall.class);
		return add((visitor) -> visitor.visitFieldInsn(Opcodes.GETSTATIC, owner, call.name(), "L" + owner + ";"));
	}

	ProbeCall invoke(Class<?> probe, String method, String descriptor) {
		return add((visitor) -> visitor.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(probe), method,
				descriptor, false));
	}

	private ProbeCall add(Consumer<MethodVisitor> instruction) {
		this.instructions.add(instruction);
		return this;
	}

	void emit(MethodVisitor visitor) {
		this.instructions.forEach((it) -> it.accept(visitor));
	}

}
