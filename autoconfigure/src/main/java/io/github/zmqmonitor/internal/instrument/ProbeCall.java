package io.github.zmqmonitor.internal.instrument;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;

/**
 * Instructions that call a probe, and nothing else: they have no branches, so that frames
 * stay valid.
 */
final class ProbeCall {

	private final String changed;

	private final List<Instruction> instructions = new ArrayList<>();

	/**
	 * Begin a call from a class.
	 * @param changed the internal name of the class that gets the call
	 */
	ProbeCall(String changed) {
		this.changed = changed;
	}

	ProbeCall duplicate() {
		return add(new Instruction(Opcodes.DUP, -1, null, null, null));
	}

	ProbeCall duplicateTwo() {
		return add(new Instruction(Opcodes.DUP2, -1, null, null, null));
	}

	ProbeCall self() {
		return local(0);
	}

	ProbeCall local(int index) {
		return add(new Instruction(Opcodes.ALOAD, index, null, null, null));
	}

	ProbeCall number(int index) {
		return add(new Instruction(Opcodes.ILOAD, index, null, null, null));
	}

	ProbeCall field(String name, String descriptor) {
		return self().add(new Instruction(Opcodes.GETFIELD, -1, this.changed, name, descriptor));
	}

	ProbeCall constant(EndpointCall call) {
		return add(new Instruction(Opcodes.GETSTATIC, -1, Type.getInternalName(EndpointCall.class), call.name(),
				Type.getDescriptor(EndpointCall.class)));
	}

	ProbeCall invoke(Class<?> probe, String method, String descriptor) {
		return add(new Instruction(Opcodes.INVOKESTATIC, -1, Type.getInternalName(probe), method, descriptor));
	}

	private ProbeCall add(Instruction instruction) {
		this.instructions.add(instruction);
		return this;
	}

	void emit(MethodVisitor visitor) {
		for (Instruction instruction : this.instructions) {
			instruction.emit(visitor);
		}
	}

	private record Instruction(int opcode, int index, @Nullable String owner, @Nullable String name,
			@Nullable String descriptor) {

		void emit(MethodVisitor visitor) {
			if (this.owner == null) {
				if (this.index < 0) {
					visitor.visitInsn(this.opcode);
				}
				else {
					visitor.visitVarInsn(this.opcode, this.index);
				}
			}
			else if (this.opcode == Opcodes.INVOKESTATIC) {
				visitor.visitMethodInsn(this.opcode, this.owner, this.name, this.descriptor, false);
			}
			else {
				visitor.visitFieldInsn(this.opcode, this.owner, this.name, this.descriptor);
			}
		}

	}

}
