// A caller of both versions of foods, typed by their clients alone. Prints what it met.
import * as v1 from "@gatewright/foods-v1";
import * as v2 from "@gatewright/foods-v2";

declare const process: { env: Record<string, string | undefined> };

type Met = Record<string, string>;

const env = (name: string): string => process.env[name] ?? "";

function configuredV1(token?: string): v1.FoodsApi {
  return new v1.FoodsApi(
    v1.createConfiguration({
      baseServer: new v1.ServerConfiguration(env("V1_URL"), {}),
      authMethods: {
        api_key: env("API_KEY"),
        ...(token ? { cognito: { tokenProvider: { getToken: () => token } } } : {}),
      },
    }),
  );
}

function configuredV2(key: string, token?: string): v2.FoodsApi {
  return new v2.FoodsApi(
    v2.createConfiguration({
      baseServer: new v2.ServerConfiguration(env("V2_URL"), {}),
      authMethods: {
        api_key: key,
        ...(token ? { cognito: { tokenProvider: { getToken: () => token } } } : {}),
      },
    }),
  );
}

async function stockOfV1(): Promise<Met> {
  const api = configuredV1(env("IDENTITY"));
  const [listed = ""]: string[] = await api.listFoods();
  const accepted: v1.Accepted = await api.addFood({ food: listed, delivery: { quantity: 2 } });
  const level: v1.StockLevel = await api.checkStock({ food: listed });
  const met: Met = { listed, accepted: accepted.status, level: level.inStock };
  await refused(met, v1.ApiException, () => api.checkStock({ food: "nothing-of-that-name" }));
  await refused(met, v1.ApiException, () => configuredV1().checkStock({ food: listed }));
  return met;
}

async function foodsOfV2(): Promise<Met> {
  const api = configuredV2(env("API_KEY"), env("WRITER"));
  const name = `typescript-${crypto.randomUUID()}`;
  const idempotencyKey = crypto.randomUUID();
  const newFood: v2.NewFood = { name, quantity: 1 };
  const created = await api.createFoodWithHttpInfo({ idempotencyKey, newFood });
  const food: v2.Food = created.data;
  const ifMatch = created.headers["etag"] ?? "";
  const replaced: v2.Food = await api.replaceFood({ name, ifMatch, replacement: { quantity: 7 } });
  const page: v2.FoodList = await api.listFoods({ limit: 100, prefix: food.name });
  const met: Met = {
    created: String(created.httpStatusCode),
    replaced: String(replaced.quantity),
    page: `[${page.foods.map((found) => found.quantity).join(", ")}]`,
  };
  await refused(met, v2.ApiException, () =>
    api.replaceFood({ name, ifMatch, replacement: { quantity: 8 } }),
  );
  await api.deleteFood({ name });
  await refused(met, v2.ApiException, () => api.getFood({ name }));
  await refused(met, v2.ApiException, () => configuredV2("no-such-key").listFoods());
  return met;
}

type Exception = v1.ApiException<v1.GatewayError> | v2.ApiException<v2.GatewayError>;

async function refused(
  met: Met,
  kind: typeof v1.ApiException | typeof v2.ApiException,
  call: () => Promise<unknown>,
): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof kind)) throw error;
    const { code, body }: Exception = error;
    met[String(code)] = body.message;
  }
}

console.log(JSON.stringify({ v1: await stockOfV1(), v2: await foodsOfV2() }));
