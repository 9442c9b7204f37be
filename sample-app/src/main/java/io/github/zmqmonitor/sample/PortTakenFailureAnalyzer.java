package io.github.zmqmonitor.sample;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which property names another port.
 */
class PortTakenFailureAnalyzer extends AbstractFailureAnalyzer<PortTakenException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PortTakenException cause) {
		return new FailureAnalysis("The sample could not listen at port " + cause.getPort() + ": it is taken.",
				"Stop what listens there, or choose another port with --" + cause.getProperty() + "=<port>.", cause);
	}

}
