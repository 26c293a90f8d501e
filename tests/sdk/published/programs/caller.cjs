// A caller of both versions of foods. Prints what it met.
const { randomUUID } = require("node:crypto");
const v1 = require("@gatewright/foods-v1-javascript");
const v2 = require("@gatewright/foods-v2-javascript");

function configured(client, url, key, token) {
  const known = new client.ApiClient(process.env[url]);
  known.authentications["api_key"].apiKey = key;
  if (token) known.authentications["cognito"].accessToken = token;
  return new client.FoodsApi(known);
}

const configuredV1 = (token) => configured(v1, "V1_URL", process.env.API_KEY, token);
const configuredV2 = (key, token) => configured(v2, "V2_URL", key, token);

async function refused(met, call) {
  try {
    await call();
  } catch (error) {
    met[String(error.status)] = error.body.message;
  }
}

async function stockOfV1() {
  const api = configuredV1(process.env.IDENTITY);
  const [listed] = await api.listFoods();
  const accepted = await api.addFood(listed, { quantity: 2 });
  const level = await api.checkStock(listed);
  const met = { listed, accepted: accepted.status, level: level.in_stock };
  await refused(met, () => api.checkStock("nothing-of-that-name"));
  await refused(met, () => configuredV1().checkStock(listed));
  return met;
}

async function foodsOfV2() {
  const api = configuredV2(process.env.API_KEY, process.env.WRITER);
  const name = `javascript-${randomUUID()}`;
  const created = await api.createFoodWithHttpInfo(randomUUID(), { name, quantity: 1 });
  const tag = created.response.headers.etag;
  const replaced = await api.replaceFood(name, tag, { quantity: 7 });
  const page = await api.listFoods({ limit: 100, prefix: name });
  const met = {
    created: String(created.response.status),
    replaced: String(replaced.quantity),
    page: `[${page.foods.map((found) => found.quantity).join(", ")}]`,
  };
  await refused(met, () => api.replaceFood(name, tag, { quantity: 8 }));
  await api.deleteFood(name);
  await refused(met, () => api.getFood(name));
  await refused(met, () => configuredV2("no-such-key").listFoods());
  return met;
}

(async () => console.log(JSON.stringify({ v1: await stockOfV1(), v2: await foodsOfV2() })))();
