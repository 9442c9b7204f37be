package io.github.zmqmonitor.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * The ratios of several series of measurements, for an estimate of all together.
 */
final class Ratios {

	private final List<Double> all = new ArrayList<>();

	/**
	 * Add a series.
	 * @return the estimate of that series alone
	 */
	Estimate add(double[] values, double[] base) {
		for (int i = 0; i < values.length; i++) {
			this.all.add(values[i] / base[i]);
		}
		return Estimate.ofRatios(values, base);
	}

	Estimate all() {
		return Estimate.of(this.all.stream().mapToDouble(Double::doubleValue).toArray());
	}

}
