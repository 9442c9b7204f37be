package io.github.zmqmonitor.sample;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which property names another endpoint.
 */
class PortTakenFailureAnalyzer extends AbstractFailureAnalyzer<PortTakenException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PortTakenException cause) {
		return new FailureAnalysis("The sample could not listen at " + cause.getEndpoint() + ": it is taken.",
				"Stop what listens there, or choose something else with --" + cause.getProperty() + "=<value>.", cause);
	}

}
