package io.github.zmqmonitor.internal.instrument;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.FieldVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;

/**
 * What is changed in a class, and what it must have for that. A class without changes is
 * only looked at.
 */
final class ClassChange {

	private final String name;

	private final Set<String> needed = new TreeSet<>();

	private final List<Edit> edits = new ArrayList<>();

	/**
	 * Begin a change.
	 * @param name the internal name of the class
	 */
	ClassChange(String name) {
		this.name = name;
	}

	/**
	 * Need a field of any visibility.
	 */
	ClassChange field(String name, String descriptor) {
		this.needed.add(name + " " + descriptor);
		return this;
	}

	/**
	 * Need a public method.
	 */
	ClassChange method(String signature) {
		this.needed.add("public " + signature);
		return this;
	}

	/**
	 * Change a method.
	 * @param signature its name and descriptor
	 * @param places how many places the change has to find in it
	 */
	ClassChange change(String signature, int places, MethodChange change) {
		this.edits.add(new Edit(signature, places, change));
		return this;
	}

	String name() {
		return this.name;
	}

	String className() {
		return this.name.replace('/', '.');
	}

	boolean changes() {
		return !this.edits.isEmpty();
	}

	Set<String> needed() {
		return this.needed;
	}

	Set<String> changedMethods() {
		Set<String> methods = new TreeSet<>();
		this.edits.forEach((edit) -> methods.add(edit.signature()));
		return methods;
	}

	/**
	 * Return the changed class.
	 * @param original the class file
	 * @throws UnexpectedClassException if anything in it is not as expected
	 */
	byte[] apply(byte[] original) throws UnexpectedClassException {
		ClassReader reader = new ClassReader(original);
		// the reader's constants are kept, and methods that are not changed are copied
		ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
		Editor editor = new Editor(writer);
		reader.accept(editor, 0);
		editor.check();
		return writer.toByteArray();
	}

	@Override
	public String toString() {
		return this.name;
	}

	private record Edit(String signature, int places, MethodChange change) {
	}

	private final class Editor extends ClassVisitor {

		private final Set<String> missing = new TreeSet<>(ClassChange.this.needed);

		private final Map<Edit, Integer> found = new HashMap<>();

		Editor(ClassWriter writer) {
			super(Opcodes.ASM9, writer);
		}

		@Override
		public @Nullable FieldVisitor visitField(int access, String name, String descriptor, @Nullable String signature,
				@Nullable Object value) {
			this.missing.remove(name + " " + descriptor);
			return super.visitField(access, name, descriptor, signature, value);
		}

		@Override
		public MethodVisitor visitMethod(int access, String name, String descriptor, @Nullable String signature,
				String @Nullable [] exceptions) {
			if ((access & Opcodes.ACC_PUBLIC) != 0) {
				this.missing.remove("public " + name + descriptor);
			}
			MethodVisitor visitor = super.visitMethod(access, name, descriptor, signature, exceptions);
			for (Edit edit : ClassChange.this.edits) {
				if (edit.signature().equals(name + descriptor)) {
					visitor = edit.change().visitor(visitor, () -> this.found.merge(edit, 1, Integer::sum));
				}
			}
			return visitor;
		}

		void check() throws UnexpectedClassException {
			for (String member : this.missing) {
				throw new UnexpectedClassException(ClassChange.this.name + " has no " + member);
			}
			for (Edit edit : ClassChange.this.edits) {
				int places = this.found.getOrDefault(edit, 0);
				if (places != edit.places()) {
					throw new UnexpectedClassException(ClassChange.this.name + "." + edit.signature() + " has " + places
							+ " of " + edit.places() + " expected places");
				}
			}
		}

	}

}
