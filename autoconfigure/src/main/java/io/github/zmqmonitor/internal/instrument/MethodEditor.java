package io.github.zmqmonitor.internal.instrument;

import java.util.ArrayList;
import java.util.List;

import io.github.zmqmonitor.internal.instrument.MethodEdit.Place;
import org.jspecify.annotations.Nullable;

import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;

/**
 * Makes all edits of a method, and counts the places of each.
 */
final class MethodEditor extends MethodVisitor {

	/** What a call can put on the stack. */
	private static final int MOST_ARGUMENTS = 5;

	private final MethodVisitor next;

	private final String owner;

	private final String method;

	private final List<MethodEdit> edits;

	private final int[] found;

	private final List<Detour> detours = new ArrayList<>();

	private final Label start = new Label();

	private int returns;

	private @Nullable String lastCall;

	/** What a condition uses: the method called last, or the name of the field. */
	private @Nullable String lastUse;

	private int fingerprint = 1;

	/**
	 * Create an editor.
	 * @param next what gets the edited method
	 * @param owner the internal name of the method's class
	 * @param method the name and descriptor of the method
	 * @param edits all edits of the class
	 * @param found how many places each of the edits has found
	 */
	MethodEditor(MethodVisitor next, String owner, String method, List<MethodEdit> edits, int[] found) {
		super(Opcodes.ASM9, next);
		this.next = next;
		this.owner = owner;
		this.method = method;
		this.edits = edits;
		this.found = found;
	}

	@Override
	public void visitCode() {
		super.visitCode();
		for (int i = 0; i < this.edits.size(); i++) {
			if (applies(i, Place.ENTRY)) {
				insert(i, 0);
			}
			if (applies(i, Place.AROUND)) {
				this.edits.get(i).call(0).emit(this.next);
				this.next.visitLabel(this.start);
			}
		}
	}

	@Override
	public void visitInsn(int opcode) {
		note(opcode, null);
		if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
			this.returns++;
			for (int i = 0; i < this.edits.size(); i++) {
				if (applies(i, Place.AROUND)) {
					insert(i, 1);
				}
				if (applies(i, Place.RETURN)) {
					int only = this.edits.get(i).index();
					if (only == 0 || only == this.returns) {
						insert(i, 0);
					}
					else {
						this.found[i]++;
					}
				}
			}
		}
		super.visitInsn(opcode);
	}

	@Override
	public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
		String target = owner.concat(".").concat(name).concat(descriptor);
		note(opcode, target);
		boolean replaced = false;
		for (int i = 0; i < this.edits.size(); i++) {
			if (applies(i, Place.BEFORE_CALL, target)) {
				insert(i, 0);
			}
			if (applies(i, Place.INSTEAD_OF_CALL, target)) {
				insert(i, 0);
				replaced = true;
			}
		}
		if (!replaced) {
			super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
		}
		for (int i = 0; i < this.edits.size(); i++) {
			if (applies(i, Place.AFTER_CALL, target)) {
				insert(i, 0);
			}
		}
		this.lastCall = target;
		this.lastUse = target;
	}

	@Override
	public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
		note(opcode, name);
		for (int i = 0; i < this.edits.size(); i++) {
			if (opcode == Opcodes.GETFIELD && applies(i, Place.BEFORE_READ, name)) {
				this.found[i]++;
				if (this.found[i] == this.edits.get(i).index()) {
					this.edits.get(i).call(0).emit(this.next);
				}
			}
		}
		super.visitFieldInsn(opcode, owner, name, descriptor);
		for (int i = 0; i < this.edits.size(); i++) {
			if (opcode == Opcodes.PUTFIELD && applies(i, Place.AFTER_FIELD, name)) {
				insert(i, 0);
			}
		}
		this.lastUse = (opcode == Opcodes.GETFIELD) ? name : null;
	}

	@Override
	public void visitJumpInsn(int opcode, Label label) {
		note(opcode, null);
		Label destination = label;
		for (int i = 0; i < this.edits.size(); i++) {
			if (this.lastUse != null && applies(i, Place.JUMP, this.lastUse) && this.edits.get(i).index() == opcode) {
				this.found[i]++;
				if (this.found[i] == this.edits.get(i).expected()) {
					destination = new Label();
					this.detours.add(new Detour(this.edits.get(i), destination, label));
				}
			}
		}
		super.visitJumpInsn(opcode, destination);
		for (int i = 0; i < this.edits.size(); i++) {
			if (this.lastUse != null && applies(i, Place.BRANCH, this.lastUse) && this.edits.get(i).index() == opcode) {
				insert(i, 0);
			}
		}
		this.lastUse = null;
	}

	@Override
	public void visitLabel(Label label) {
		super.visitLabel(label);
		// in an order that a jump elsewhere would change
		this.fingerprint = 31 * this.fingerprint + 7;
	}

	@Override
	public void visitVarInsn(int opcode, int index) {
		note(opcode + 256 * index, null);
		super.visitVarInsn(opcode, index);
		if (opcode < Opcodes.ISTORE) {
			return;
		}
		for (int i = 0; i < this.edits.size(); i++) {
			if (applies(i, Place.LOCAL) && this.edits.get(i).index() == index) {
				// two places, hence too many, if it is set to anything else
				this.found[i] += applies(i, Place.LOCAL, String.valueOf(this.lastCall)) ? 1 : 2;
			}
			if (applies(i, Place.AROUND) && index < 2) {
				// too many: the parameter would not be what was passed
				this.found[i]++;
			}
		}
	}

	@Override
	public void visitMaxs(int maxStack, int maxLocals) {
		for (int i = 0; i < this.edits.size(); i++) {
			if (applies(i, Place.CODE)) {
				this.found[i] = this.fingerprint;
			}
			if (applies(i, Place.AROUND)) {
				Label handler = new Label();
				this.next.visitTryCatchBlock(this.start, handler, handler, null);
				this.next.visitLabel(handler);
				this.next.visitFrame(Opcodes.F_FULL, 2, new Object[] { this.owner, "java/lang/String" }, 1,
						new Object[] { "java/lang/Throwable" });
				this.edits.get(i).call(2).emit(this.next);
				this.next.visitInsn(Opcodes.ATHROW);
			}
		}
		for (Detour detour : this.detours) {
			Object[] locals = detour.edit().locals();
			this.next.visitLabel(detour.start());
			this.next.visitFrame(Opcodes.F_FULL, locals.length, locals, 0, new Object[0]);
			detour.edit().call(0).emit(this.next);
			this.next.visitJumpInsn(Opcodes.GOTO, detour.end());
		}
		super.visitMaxs(maxStack + MOST_ARGUMENTS, maxLocals);
	}

	private void note(int opcode, @Nullable String operand) {
		this.fingerprint = 31 * (31 * this.fingerprint + opcode) + ((operand != null) ? operand.hashCode() : 0);
	}

	private boolean applies(int edit, Place place) {
		return this.edits.get(edit).is(place) && this.edits.get(edit).method().equals(this.method);
	}

	private boolean applies(int edit, Place place, String target) {
		return this.edits.get(edit).is(place, target) && this.edits.get(edit).method().equals(this.method);
	}

	private void insert(int edit, int call) {
		this.found[edit]++;
		this.edits.get(edit).call(call).emit(this.next);
	}

	private record Detour(MethodEdit edit, Label start, Label end) {
	}

}
