// Loads a package and looks for operations among the methods of its classes.
const [name, operations] = process.argv.slice(2);
const wanted = JSON.parse(operations);
const loaded = await import(name);
const exported = { ...loaded.default, ...loaded };
const methods = Object.values(exported)
  .filter((value) => typeof value === "function" && value.prototype)
  .flatMap((value) => Object.getOwnPropertyNames(value.prototype))
  .map((method) => method.replace(/[^A-Za-z0-9]/g, "").toLowerCase());
const lacking = wanted.filter((operation) => !methods.some((method) => method.endsWith(operation)));
if (lacking.length) {
  console.error(`it lacks the operations ${lacking.join(", ")}`);
  process.exit(1);
}
console.log(`loads, has ${wanted.length} operations`);
