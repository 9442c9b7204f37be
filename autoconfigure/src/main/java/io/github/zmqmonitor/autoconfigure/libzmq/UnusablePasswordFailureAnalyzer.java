package io.github.zmqmonitor.autoconfigure.libzmq;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what is wrong with a password without showing it.
 */
class UnusablePasswordFailureAnalyzer extends AbstractFailureAnalyzer<UnusablePasswordException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnusablePasswordException cause) {
		return new FailureAnalysis(cause.getMessage(), "Update the application's configuration.", cause);
	}

}
