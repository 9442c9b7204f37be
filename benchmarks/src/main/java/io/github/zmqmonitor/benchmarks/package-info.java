/**
 * What monitoring costs: a class a question, each compared in one run with the same code
 * that isn't monitored.
 */
package io.github.zmqmonitor.benchmarks;
