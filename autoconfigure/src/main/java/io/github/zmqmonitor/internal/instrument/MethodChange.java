package io.github.zmqmonitor.internal.instrument;

import org.springframework.asm.MethodVisitor;

/**
 * A change of one method, as a visitor between its reader and its writer.
 */
@FunctionalInterface
interface MethodChange {

	/**
	 * Return the visitor that changes the method.
	 * @param next the visitor that gets the changed method
	 * @param found to be run for each place that is changed or relied upon
	 */
	MethodVisitor visitor(MethodVisitor next, Runnable found);

}
